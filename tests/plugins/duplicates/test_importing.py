"""What becomes of rows that are there already, or twice in one file."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from core.data.importing.engine import Order, run_import
from core.data.importing.mapping import make_map
from core.data.importing.report import Report
from plugin_api.host import host
from plugins.crm.models import Account
from tests.harness import Installation
from tests.plugins.duplicates.kit import acting

FILE = """name,city
Elbe Harbour,Kiel
Quay,Bonn
ELBE HARBOUR LTD,Ulm
Pier,Jena
QUAY,Rome
quay Ltd,Oslo
"""


def run(folder: Path, alike: str, on_error: str = "skip", rows: str = FILE) -> Report:
    path = folder / f"{alike}.csv"
    path.write_text(rows, encoding="utf-8")
    data = {"options": {"alike": alike}, "columns": {"name": "name", "city": "city"}}
    order = Order(model=Account, path=path, map=make_map(data), on_error=on_error)  # type: ignore[arg-type]
    return run_import(order)


def cities() -> list[tuple[str, str]]:
    asked = sa.select(Account.name, Account.city).order_by(Account.id)
    return [(row[0], row[1]) for row in host().session.execute(asked)]


@pytest.mark.parametrize(
    ("alike", "counts", "last"),
    [
        ("report", (2, 0, 0, 4), ("Pier", "Jena")),
        ("skip", (2, 0, 4, 0), ("Pier", "Jena")),
        ("update", (2, 4, 0, 0), ("Pier", "Jena")),
        ("create", (6, 0, 0, 0), ("quay Ltd", "Oslo")),
    ],
)
def test_rows_that_seem_to_be_there(
    acme: Installation,
    ids: dict[str, int],
    tmp_path: Path,
    alike: str,
    counts: tuple[int, ...],
    last: tuple[str, str],
) -> None:
    host().records.create(Account, {"name": "Elbe Harbour", "owner_id": ids["ada"], "city": "Ulm"})
    with acting("ada"):
        report = run(tmp_path, alike)
    assert (report.created, report.updated, report.skipped, report.errors) == counts
    assert report.rows == 6 and report.outcome == "done"
    assert cities()[-1] == last
    if alike == "report":
        first = report.row_errors[0]
        assert (first.line, first.field) == (2, "")
        assert "It seems to be there already: Elbe Harbour, Ada (same Name)" in first.reason
        assert "Quay" in report.row_errors[-1].reason
    if alike == "update":
        assert ("quay Ltd", "Oslo") in cities() and ("ELBE HARBOUR LTD", "Ulm") in cities()


def test_what_one_may_not_see_is_not_changed(
    acme: Installation, ids: dict[str, int], tmp_path: Path
) -> None:
    host().records.create(Account, {"name": "Elbe Harbour", "owner_id": ids["bo"], "city": "Ulm"})
    with acting("ann"):
        report = run(tmp_path, "update")
    assert (report.created, report.updated, report.errors) == (2, 2, 2)
    assert "Bo" not in report.row_errors[0].reason
    assert ("Elbe Harbour", "Ulm") in cities()


def test_one_bad_row_and_nothing_goes_in(acme: Installation, tmp_path: Path) -> None:
    with acting("ada"):
        assert run(tmp_path, "report", "stop").outcome == "failed"
    assert cities() == []


def test_one_that_comes_very_often(acme: Installation, tmp_path: Path) -> None:
    """Rows alike are not compared each with each, nor tried again for each of them."""
    before = len(cities())
    with acting("ada"):
        report = run(tmp_path, "skip", rows="name,city\n" + "Elbe Harbour,Kiel\n" * 1200)
    assert (report.created, report.skipped, report.errors) == (1, 1199, 0)
    assert len(cities()) == before + 1
