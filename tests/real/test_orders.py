"""Orders of two companies that nobody here made, by maps alone: the figures must be theirs.

Northwind's reference rounds once, at the end; so does Microsoft's own ``SalesYTD``: both companies
round figures alone.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.data import settings
from core.data.importing.mapping import read_map
from core.extensions import db
from plugins.sales.services import statement
from tests.harness import Installation, install
from tests.importing.files import MAPS, real
from tests.importing.kit import Desk

NORTHWIND = (
    ("core.User", "employees.csv", "employees"),
    ("catalog.Category", "categories.csv", "categories"),
    ("catalog.Product", "products.csv", "products"),
    ("crm.Account", "customers.csv", "customers"),
    ("sales.Order", "orders.csv", "orders"),
    ("sales.OrderLine", "order_details.csv", "order_lines"),
)
ADVENTURE = (
    ("core.User", "SalesPerson.csv", "people"),
    ("catalog.Product", "Product.csv", "products"),
    ("crm.Account", "Customer.csv", "customers"),
    ("sales.Order", "SalesOrderHeader.csv", "sales_orders"),
    ("sales.OrderLine", "SalesOrderDetail.csv", "sales_order_lines"),
)
WHOLE = os.environ.get("XIAOGUAN_TEST_WHOLE") == "1"
FEW = ("274", "285", "287")
"""Sales people whose orders are taken; the others, with ``XIAOGUAN_TEST_WHOLE=1``, take longer."""
PUBLISHED = "SalesYTD_published_by_Microsoft_equals_orders_from_2013-05-30"
SINCE = "2013-05-30"
"""From this day on Microsoft's figures count."""


def people() -> tuple[str, ...]:
    """Those whose orders are taken."""
    return tuple(reference("adventureworks")[PUBLISHED]) if WHOLE else FEW


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    real("northwind/reference.json")
    folder = tmp_path_factory.mktemp("books")
    inst = install(folder)
    for slug, steps in (("northwind", NORTHWIND), ("adventureworks", ADVENTURE)):
        inst.company(slug, "crm", "sales", currency="USD", timezone="UTC", language="en")
        inst.person(slug, "ada", "admin")
        with inst.working(slug):
            settings.store("sales.rounding", "figure")
            db.session.commit()
            desk = Desk(slug, folder, inst)
            files = cut(folder) if slug == "adventureworks" else {}
            for key, file, name in steps:
                path = files.get(file) or real(f"{slug}/{file}")
                report = desk.take(key, path, read_map(MAPS / slug / f"{name}.toml"))
                assert report.outcome == "done", (file, report.row_errors[:3])
    yield inst


def cut(folder: Path) -> dict[str, Path]:
    """Files of AdventureWorks with the orders of some people, and what those need."""
    orders = [row for row in rows("SalesOrderHeader.csv.gz") if row["SalesPersonID"] in people()]
    ids, customers = ({row[name] for row in orders} for name in ("SalesOrderID", "CustomerID"))
    taken = {
        "SalesOrderHeader.csv": orders,
        "SalesOrderDetail.csv": [
            row for row in rows("SalesOrderDetail.csv.gz") if row["SalesOrderID"] in ids
        ],
        "Customer.csv": [row for row in rows("Customer.csv.gz") if row["CustomerID"] in customers],
    }
    made = {}
    for name, found in taken.items():
        made[name] = folder / name
        with made[name].open("w", newline="") as file:
            writer = csv.DictWriter(file, list(found[0]))
            writer.writeheader()
            writer.writerows(found)
    return made


def rows(name: str) -> list[dict[str, str]]:
    with gzip.open(real(f"adventureworks/{name}"), "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def asked(inst: Installation, slug: str, query: str) -> dict[str, str]:
    """Figures of a measure over REST, by what they are grouped by."""
    answer = inst.app.test_client().get(
        f"/api/v1/measures/{query}", headers=inst.token(slug, "ada")
    )
    assert answer.status_code == 200, answer.json
    found: list[dict[str, Any]] = answer.json["items"]  # type: ignore[index]
    by = query.rpartition("by=")[2]
    return {
        str(item[by]["label"] if isinstance(item[by], dict) else item[by]): item["value"]
        for item in found
        if float(item["value"])
    }


def reference(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(real(f"{name}/reference.json").read_text("utf-8"))
    return found


@pytest.mark.parametrize(
    ("by", "expected"),
    [("user", "by_employee"), ("month", "by_month"), ("category", "by_category"),
     ("region", "by_country")],
)  # fmt: skip
def test_northwind(books: Installation, by: str, expected: str) -> None:
    found = asked(books, "northwind", f"sales.booked_net?from=1990-01-01&to=2000-01-01&by={by}")
    assert found == reference("northwind")[expected]


def test_sales_of_the_year_by_person_as_microsoft_publishes_them(books: Installation) -> None:
    found = asked(books, "adventureworks", f"sales.booked?from={SINCE}&to=2020-01-01&by=user")
    published = reference("adventureworks")[PUBLISHED]
    assert found == {
        person: str(round(Decimal(published[person]["published_SalesYTD"]), 2))
        for person in people()
    }


@pytest.mark.parametrize("slug", ["northwind", "adventureworks"])
def test_ledger_and_documents_agree(books: Installation, slug: str) -> None:
    with books.working(slug):
        assert [each.agrees for each in statement.held()] == [True]
        assert not any(lacking for _total, _done, lacking in statement.differences())
