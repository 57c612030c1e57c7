"""Which column fills which field when nobody has said: names as other programs write them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.data.importing.matching import match
from plugin_api.models import model_of
from tests.harness import Installation
from tests.importing.kit import Desk, reasons


@pytest.fixture(scope="module")
def shop(installation: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A company that sells."""
    folder = tmp_path_factory.mktemp("matching")
    with Desk.opened(installation, folder, "crm", "store") as made:
        yield made


def matched(key: str, *columns: str) -> dict[str, str]:
    """Column → the field that it fills."""
    found, left = match(model_of(key), columns)
    assert len(found) + len(left) == len(columns)
    return {columns[number - 1]: field for field, number in found.items()}


@pytest.mark.parametrize(
    ("key", "columns", "fields"),
    [
        ("crm.Opportunity", ["商机名称", "客户名称（必填）", "金额（万元）", "负责人*", "外部编号"],
         ["name", "account.name", "amount", "owner", "external_id"]),
        ("crm.Opportunity", ["Opportunity Name", "Account Name", "Amount (EUR)", "Owner Name"],
         ["name", "account.name", "amount", "owner.name"]),
        ("crm.Account", ["Account Name *", "Account Owner", "Phone:", "Subsidiary of (name)"],
         ["name", "owner", "phone", "parent"]),
        ("crm.Account", ["*客户名称", "行业【选填】", "电话（座机）"],
         ["name", "industry", "phone"]),
        ("crm.Contact", ["Name", "Account Name", "Contact Owner", "Email [work]"],
         ["name", "account.name", "owner", "email"]),
        ("crm.Contact", ["姓名（必填）", "客户名称", "负责人姓名"],
         ["name", "account.name", "owner.name"]),
        ("crm.Lead", ["Full Name", "Company", "Lead owner"], ["name", "company_name", "owner"]),
        ("store.Box", ["Box name", "Worth/万元", "Worth (USD)"], ["name", "worth", None]),
    ],
)  # fmt: skip
def test_headers_of_other_programs(
    shop: Desk, key: str, columns: list[str], fields: list[str | None]
) -> None:
    found = matched(key, *columns)
    assert [found.get(column) for column in columns] == fields


def test_what_is_called_exactly_so_comes_first(shop: Desk) -> None:
    assert matched("store.Box", "Worth (old)", "Name (short)", "Worth", "name") == {
        "Worth": "worth", "name": "name",
    }  # fmt: skip
    assert matched("crm.Contact", "Account Name", "Account", "Name") == {
        "Account": "account", "Name": "name",
    }  # fmt: skip


def test_a_number_of_a_record_is_not_filled_twice(shop: Desk) -> None:
    assert matched("crm.Contact", "account.id", "Account Name", "Name") == {
        "account.id": "account.id", "Name": "name",
    }  # fmt: skip


def test_a_name_of_brackets_fits_nothing(shop: Desk) -> None:
    long = "(" * 50_000
    assert matched("store.Box", "(name)", "*", long, f"name {long}", "x" + " *" * 9000) == {
        "(name)": "name"
    }


def test_a_file_of_another_program_needs_no_map(shop: Desk) -> None:
    desk = shop
    desk.take("crm.Account", "*客户名称\n上海贸易\n")
    text = "商机名称,客户名称（必填）,金额（万元）\n设备采购,上海贸易,12.5\n"
    assert reasons(desk.take("crm.Opportunity", text)) == []
    assert desk.rows("crm.Opportunity", "name", "account.name", "amount") == [
        ("设备采购", "上海贸易", 12_500_000)
    ]
