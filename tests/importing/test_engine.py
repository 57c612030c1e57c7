"""Rows become records: what goes in, what does not, and why."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from tests.importing.kit import Desk, counts

BOXES = """name,place,kind,worth,weight,filled,pieces,fragile,packed_on,seen_at,notes
A,Hall,tin,"1,234.50",2.5,50%,3,yes,2026-01-31,2026-01-31 09:30,x
B,,,,,,,,,,
"""


def test_every_kind_of_field_is_typed(desk: Desk) -> None:
    hall = desk.make("store.Place", name="Hall")
    report = desk.take("store.Box", BOXES)
    assert (report.outcome, counts(report)) == ("done", (2, 0, 0, 0, 0))
    names = ("name", "place_id", "kind", "worth", "weight", "filled", "pieces", "fragile",
             "packed_on", "seen_at", "notes")  # fmt: skip
    assert desk.rows("store.Box", *names) == [
        ("A", hall.id, "tin", 123450, Decimal("2.500"), Decimal("50.00"), 3, True,
         dt.date(2026, 1, 31), dt.datetime(2026, 1, 31, 1, 30, tzinfo=dt.UTC), "x"),
        ("B", None, "wood", None, None, None, None, False, None, None, None),
    ]  # fmt: skip


def test_all_mistakes_are_reported_and_nothing_goes_in(desk: Desk) -> None:
    text = "name,place,worth,pieces,kind\nA,,1,1,wood\nB,Attic,x,-1,\n,,,,gold\n"
    report = desk.take("store.Box", text)
    assert (report.outcome, report.errors, report.rows) == ("failed", 2, 3)
    assert [(each.line, each.field, each.value) for each in report.row_errors] == [
        (3, "pieces", "-1"),
        (3, "place", "Attic"),
        (4, "kind", "gold"),
    ]
    assert "Import store.places first" in report.row_errors[1].reason
    assert desk.rows("store.Box", "name") == []
