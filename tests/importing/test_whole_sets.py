"""The largest real files, held against their published figures. As many lines as are quick are
taken, or all of them with ``XIAOGUAN_TEST_WHOLE=1``."""

from __future__ import annotations

import csv
import gzip
import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from core.data.importing.mapping import ImportMap, read_map
from tests.harness import Installation
from tests.importing.files import MAPS, real
from tests.importing.kit import Desk, reasons

WHOLE = os.environ.get("XIAOGUAN_TEST_WHOLE") == "1"
LINES = 10_000_000 if WHOLE else 1_000


@pytest.fixture
def seller(installation: Installation, tmp_path: Path) -> Iterator[Desk]:
    given = {"currency": "GBP", "country": "GB"}
    with Desk.opened(installation, tmp_path, "crm", "catalog", **given) as desk:
        yield desk


def part_of(desk: Desk, name: str) -> tuple[Path, list[dict[str, str]]]:
    """A file with the first lines of a real one, and what they say."""
    with gzip.open(real(name), "rt", encoding="utf-8", newline="") as file:
        lines = list(islice(csv.reader(file), LINES + 1))
    path = desk.folder / "part.csv"
    with path.open("w", encoding="utf-8", newline="") as to:
        csv.writer(to).writerows(lines)
    return path, [dict(zip(lines[0], line, strict=False)) for line in lines[1:]]


def reference(folder: str) -> Any:
    return json.loads(real(f"{folder}/reference.json").read_text("utf-8"))


def test_online_retail_has_every_product_once(seller: Desk) -> None:
    path, told = part_of(seller, "online_retail/online_retail.csv.gz")
    used = read_map(MAPS / "online_retail" / "products.toml")
    none = set(used.leave_out["StockCode"])
    report = seller.take("catalog.Product", path, used)
    assert (reasons(report), report.rows) == ([], len(told))
    codes = {row["StockCode"] for row in told} - none
    products = dict(seller.rows("catalog.Product", "external_id", "name"))
    assert products.keys() == codes
    assert "85123A WHITE HANGING HEART T-LIGHT HOLDER" in products.values()
    if WHOLE:
        figures = reference("online_retail")
        assert report.rows == figures["rows"]
        assert len(codes) == figures["stock_codes"] - len(none)


def test_every_lead_of_a_year(seller: Desk) -> None:
    path, told = part_of(seller, "xeducation_leads/Leads.csv.gz")
    used: ImportMap = replace(read_map(MAPS / "xeducation" / "leads.toml"), only={})
    report = seller.take("crm.Lead", path, used)
    assert (reasons(report), report.created) == ([], len(told))
    rows = seller.rows("crm.Lead", "status", "source", "city")
    converted = sum(row["Converted"] == "1" for row in told)
    assert Counter(status for status, *_rest in rows)["qualified"] == converted
    assert sum(city is None for *_rest, city in rows) == sum(
        row["City"] in ("", "Select") for row in told
    )
    if WHOLE:
        figures = reference("xeducation_leads")
        assert (len(rows), converted) == (figures["rows"], figures["converted"])
        wanted = Counter[str | None]()
        for source, figure in figures["by_source_as_written"].items():
            wanted[{"google": "Google", "": None}.get(source, source)] += figure["leads"]
        assert Counter(source for _status, source, _city in rows) == wanted
