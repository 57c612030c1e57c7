"""Real files and their maps, uploaded by hand: as many lines as are quick."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pytest

from tests.harness import Installation
from tests.importing.files import MAPS, real
from tests.importing.kit import Desk
from tests.importing.test_pages import post, shown_form

LINES = 250
NO_GOODS = ("POST", "D", "M", "C2", "S", "DOT", "BANK CHARGES")
ADDED = ("Lead Add Form", "Lead Import")


@pytest.fixture
def desk(installation: Installation, tmp_path: Path) -> Iterator[Desk]:
    given = {"currency": "GBP", "timezone": "UTC"}
    with Desk.opened(installation, tmp_path, "crm", "catalog", "store", **given) as made:
        pass
    installation.person(made.slug, "ada", "admin")
    yield made


Row = dict[str, str]


def head_of(name: str, encoding: str) -> tuple[bytes, list[Row]]:
    """The first records of a file in its own encoding, and what they say."""
    path = real(name)
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding=encoding, newline="") as file:
        records = list(islice(csv.reader(file), LINES + 1))
    made = io.StringIO()
    csv.writer(made).writerows(records)
    rows = [dict(zip(records[0], record, strict=True)) for record in records[1:]]
    return made.getvalue().encode(encoding), rows


@pytest.mark.parametrize(
    ("file", "encoding", "collection", "map", "key", "taken"),
    [
        ("online_retail/online_retail.csv.gz", "utf-8", "catalog/products",
         "online_retail/products", "StockCode", lambda row: row["StockCode"] not in NO_GOODS),
        ("northwind/customers.csv", "utf-8", "crm/accounts",
         "northwind/customers", "customer_id", lambda row: True),
        ("adventureworks/Customer.csv.gz", "utf-8", "crm/accounts",
         "adventureworks/customers", "CustomerID", lambda row: True),
        ("xeducation_leads/Leads.csv.gz", "utf-8", "crm/leads",
         "xeducation/leads", "Prospect ID", lambda row: row["Lead Origin"] in ADDED),
        ("cn_restaurant_gbk/meal_order_info.csv", "gb18030", "store/boxes",
         "cn_restaurant/orders", "order_id", lambda row: row["order_status"] == "1"),
    ],
)  # fmt: skip
def test_a_map_alone_is_enough(
    desk: Desk, file: str, encoding: str, collection: str, map: str, key: str,
    taken: Callable[[Row], bool],
) -> None:  # fmt: skip
    content, rows = head_of(file, encoding)
    expected = {row[key] for row in rows if taken(row)}
    assert len(expected) > 1
    ada = desk.installation.client(desk.slug, "ada")
    files = {
        "file": (io.BytesIO(content), Path(file).name.removesuffix(".gz")),
        "map": (io.BytesIO((MAPS / f"{map}.toml").read_bytes()), "map.toml"),
    }
    answer = post(ada, desk, f"/{collection}/import", **files)
    assert answer.status_code == 303, answer.text
    address = answer.headers["Location"]
    form = shown_form(ada, address)
    assert ada.post(address, data={**form, "action": "import"}).status_code == 303
    token = desk.installation.token(desk.slug, "ada")
    listed = ada.get(f"/api/v1/{collection}?limit=500", headers=token).json
    assert listed is not None
    assert {item["external_id"] for item in listed["items"]} == expected
