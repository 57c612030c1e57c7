"""Lines of a shop as invoices and credit notes, by maps alone: the figures must be the shop's.

As many lines as are quick are taken, or all 541,909 with ``XIAOGUAN_TEST_WHOLE=1``.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
from collections import defaultdict
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from core.data import settings
from core.data.importing.mapping import read_map
from core.extensions import db
from plugins.sales.services import statement
from tests.harness import Installation, install
from tests.importing.files import MAPS, real
from tests.importing.kit import Desk

WHOLE = os.environ.get("XIAOGUAN_TEST_WHOLE") == "1"
LINES = 10_000_000 if WHOLE else 900
STEPS = (
    ("crm.Account", "customers"),
    ("sales.Invoice", "invoices"),
    ("sales.Invoice", "credit_notes"),
    ("sales.InvoiceLine", "invoice_lines"),
    ("sales.InvoiceLine", "credit_note_lines"),
)
EVER = "from=2010-01-01&to=2012-01-01"
Row = dict[str, str]


class Shop(NamedTuple):
    installation: Installation
    rows: list[Row]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    folder = tmp_path_factory.mktemp("shop")
    path = folder / "lines.csv"
    with gzip.open(real("online_retail/online_retail.csv.gz"), "rt", newline="") as file:
        lines = list(islice(csv.reader(file), LINES + 1))
    with path.open("w", newline="") as to:
        csv.writer(to).writerows(lines)
    inst = install(folder)
    inst.company("shop", "sales", currency="GBP", timezone="Europe/London", language="en")
    inst.person("shop", "ada", "admin")
    with inst.working("shop"):
        settings.store("sales.rounding", "figure")
        db.session.commit()
        desk = Desk("shop", folder, inst)
        for key, name in STEPS:
            report = desk.take(key, path, read_map(MAPS / "online_retail" / f"{name}.toml"))
            assert report.outcome == "done", (name, report.row_errors[:3])
    yield Shop(inst, [dict(zip(lines[0], line, strict=True)) for line in lines[1:]])


def worth(row: Row) -> Decimal:
    return Decimal(row["Quantity"]) * Decimal(row["UnitPrice"])


def pence(value: Decimal) -> str:
    return str(value.quantize(Decimal("0.01"), ROUND_HALF_UP))


def asked(shop: Shop, query: str) -> list[dict[str, str]]:
    client = shop.installation.app.test_client()
    answer = client.get(f"/api/v1/measures/{query}", headers=shop.installation.token("shop", "ada"))
    assert answer.status_code == 200, answer.json
    assert answer.json is not None
    found: list[dict[str, str]] = answer.json["items"]
    return found


def test_nothing_is_lost(shop: Shop) -> None:
    with shop.installation.working("shop"):
        desk = Desk("shop", Path(), shop.installation)
        documents = desk.rows("sales.Invoice", "external_id", "kind")
        lines = len(desk.rows("sales.InvoiceLine", "id"))
    numbers = {row["InvoiceNo"] for row in shop.rows}
    assert {number for number, _kind in documents} == numbers
    assert {n for n, kind in documents if kind == "credit_note"} == {
        number for number in numbers if number.startswith("C")
    }
    assert lines == len(shop.rows)
    if WHOLE:
        figures = reference()
        assert (len(documents), lines) == (figures["invoices"], figures["rows"])


def test_net_revenue_is_what_all_lines_come_to(shop: Shop) -> None:
    [net] = asked(shop, f"sales.invoiced_net?{EVER}")
    assert net["value"] == pence(sum(map(worth, shop.rows), Decimal(0)))
    if WHOLE:
        assert net["value"] == pence(Decimal(str(reference()["net_revenue_all_lines"])))


def test_cancellations_lower_it(shop: Shop) -> None:
    taken_back = sum((worth(r) for r in shop.rows if r["InvoiceNo"].startswith("C")), Decimal(0))
    [gross] = asked(shop, f"sales.invoiced?{EVER}")
    [net] = asked(shop, f"sales.invoiced_net?{EVER}")
    assert Decimal(net["value"]) - Decimal(gross["value"]) == Decimal(pence(taken_back)) < 0


def test_each_country_has_its_own(shop: Shop) -> None:
    expected: dict[str, Decimal] = defaultdict(Decimal)
    for row in shop.rows:
        expected[row["Country"]] += worth(row)
    found = asked(shop, f"sales.invoiced_net?{EVER}&by=region")
    assert {item["region"]: item["value"] for item in found} == {
        country: pence(value) for country, value in expected.items()
    }


def test_ledger_and_documents_agree(shop: Shop) -> None:
    with shop.installation.working("shop"):
        assert all(each.agrees for each in statement.held())


def reference() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(real("online_retail/reference.json").read_text("utf-8"))
    return found
