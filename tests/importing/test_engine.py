"""Rows become records: what goes in, what does not, and why."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from core.data.importing.errors import UnusableMap
from core.data.importing.reverting import revert
from core.identity import service
from plugin_api.context import clock_at
from tests.importing.files import workbook
from tests.importing.kit import Desk, counts, reasons

BOXES = """name,place,kind,worth,weight,filled,pieces,fragile,packed_on,seen_at,notes
A,Hall,tin,"1,234.50",2.5,50%,3,yes,2026-01-31,2026-01-31 09:30,x
B,,,,,,,,,,
"""
BOX = ("name", "kind", "worth", "weight", "filled", "pieces", "fragile", "packed_on", "seen_at",
       "notes")  # fmt: skip


def test_every_kind_of_field_is_typed(desk: Desk) -> None:
    desk.make("store.Place", name="Hall")
    report = desk.take("store.Box", BOXES)
    assert (report.outcome, counts(report)) == ("done", (2, 0, 0, 0, 0))
    assert desk.rows("store.Box", "place.name", *BOX) == [
        ("Hall", "A", "tin", 123450, Decimal("2.500"), Decimal("50.00"), 3, True,
         dt.date(2026, 1, 31), dt.datetime(2026, 1, 31, 1, 30, tzinfo=dt.UTC), "x"),
        (None, "B", "wood", None, None, None, None, False, None, None, None),
    ]  # fmt: skip


def test_all_mistakes_are_reported_and_nothing_goes_in(desk: Desk) -> None:
    text = "name,place,worth,pieces,kind\nA,,1,1,wood\nB,Attic,x,-1,\nC,,,,gold\n"
    report = desk.take("store.Box", text)
    assert (report.outcome, report.errors, report.rows) == ("failed", 2, 3)
    assert [(each.line, each.field, each.value) for each in report.row_errors] == [
        (3, "pieces", "-1"),
        (3, "place", "Attic"),
        (3, "worth", "x"),
        (4, "kind", "gold"),
    ]
    assert "Import Places (store.places) first" in report.row_errors[1].reason
    assert desk.rows("store.Box", "name") == []


def test_good_rows_go_in_when_bad_ones_are_to_be_skipped(desk: Desk) -> None:
    text = "name\nA\nNowhere\nB\nToo late\n" + "x" * 201 + "\n,\nC\n"
    report = desk.take("store.Place", text, on_error="skip")
    assert (report.outcome, counts(report)) == ("done", (3, 0, 0, 0, 3))
    assert reasons(report) == [
        (3, "name", "There is no such place."),
        (5, "", "It is too late."),
        (6, "name", "At most 200 characters; these are 201."),
    ]
    assert desk.rows("store.Place", "name") == [("A",), ("B",), ("C",)]


def test_one_bad_row_among_many_is_found(desk: Desk) -> None:
    names = [f"P{number}" for number in range(600)]
    names[333] = "Too late"
    report = desk.take("store.Place", "name\n" + "\n".join(names), on_error="skip")
    assert counts(report) == (599, 0, 0, 0, 1)
    assert reasons(report) == [(335, "", "It is too late.")]


def test_a_missing_value_is_an_error_of_its_field(desk: Desk) -> None:
    report = desk.take("store.Place", "name,external_id\n,7\n")
    assert reasons(report) == [(2, "name", "A value is needed.")]


def test_names_of_columns_may_be_labels_in_both_languages(desk: Desk) -> None:
    report = desk.take("core.Team", "名称,External ID\nNorth,7\n")
    assert report.columns == {"name": "名称", "external_id": "External ID"}
    assert desk.rows("core.Team", "name", "external_id") == [("North", "7")]


def test_columns_that_fit_no_field_are_reported(desk: Desk) -> None:
    report = desk.take("store.Place", "NAME,colour,,checked\nA,red,,\n")
    assert list(report.unmatched) == ["colour", "checked"]
    with pytest.raises(UnusableMap, match="No column of the file fits a field of Places"):
        desk.take("store.Place", "colour\nred\n")


@pytest.mark.parametrize(
    ("map", "problem"),
    [
        ({"columns": {"nmae": "n"}}, "[columns] Boxes have no field “nmae”; did you mean “name”?"),
        ({"columns": {"name": "m"}}, "[columns] the file has no column “m”; there are: n, p"),
        ({"columns": {"name": "dupe"}}, "several columns “dupe”; use the column's number"),
        ({"columns": {"name": 9}}, "[columns] the file has 4 columns, not 9"),
        ({"columns": {"checked": "n"}}, "[columns] checked: this field cannot be set by an import"),
        ({"columns": {"place.colour": "p"}}, "it cannot be found by that; by: name, external_id"),
        ({"columns": {"name.id": "p"}}, "Boxes have no field “name.id”"),
        ({"columns": {"place": "p", "place.id": "n"}}, "the field is filled twice"),
        ({"columns": {"name": "n"}, "values": {"kind": {"a": "b"}}},
         "[values] kind: no column or default fills this field"),
        ({"columns": {"name": "n"}, "scale": {"name": 2}}, "[scale] name: this is no number"),
        ({"columns": {"name": "n"}, "defaults": {"colour": "b"}}, "[defaults] Boxes have no field"),
        ({"columns": {"name": "n"}, "options": {"key": "pieces"}}, "no column fills “pieces”"),
        ({"columns": {"name": "n"}, "options": {"key": "id"}}, "“id” needs a column"),
        ({"columns": {"worth": "n"}, "options": {"key": "worth"}}, "“worth” cannot be a key"),
        ({"columns": {"name": "n"}, "only": {"x": "1"}}, "[only] the file has no column “x”"),
    ],
)  # fmt: skip
def test_a_map_that_does_not_fit_is_refused_before_anything_is_read(
    desk: Desk, map: dict[str, Any], problem: str
) -> None:
    with pytest.raises(UnusableMap) as refused:
        desk.take("store.Box", "n,p,dupe,dupe\nA,B,,\n", map)
    assert problem in str(refused.value)


def test_values_are_replaced_and_defaults_fill_what_is_empty(desk: Desk) -> None:
    desk.make("store.Place", name="Hall", external_id="H")
    map = {
        "columns": {"name": "n", "kind": "k", "place": {"external_id": "p"}, "pieces": "c"},
        "values": {"kind": {"metal": "tin", "": "tin", "paper": ""}, "place": {"hall": "H"}},
        "defaults": {"pieces": 7, "fragile": True},
    }
    report = desk.take("store.Box", "n,k,p,c\nA,metal,hall,\nB,,H,2\nC,paper,,\n", map)
    assert counts(report) == (3, 0, 0, 0, 0)
    assert desk.rows("store.Box", "name", "kind", "place.name", "pieces", "fragile") == [
        ("A", "tin", "Hall", 7, True),
        ("B", "tin", "Hall", 2, True),
        ("C", "wood", None, 7, True),
    ]


def test_words_for_empty_mean_empty(desk: Desk) -> None:
    map = {"options": {"empty": ["NA", "Select"]}}
    desk.take("store.Box", "name,pieces,notes\nA,NA,Select\n", map)
    assert desk.rows("store.Box", "pieces", "notes") == [(None, None)]


def test_rows_are_chosen_by_their_cells(desk: Desk) -> None:
    map = {
        "columns": {"name": 1},
        "options": {"header": False},
        "only": {"2": ["1", "2"]},
        "except": {"3": ""},
    }
    report = desk.take("store.Place", "A,1,x\nB,0,x\nC,2,x\nD,1,\n", map)
    assert (desk.rows("store.Place", "name"), report.skipped) == ([("A",), ("C",)], 2)


def test_numbers_may_be_scaled_rounded_and_written_with_a_comma(desk: Desk) -> None:
    map: dict[str, Any] = {"options": {"decimal": ",", "round": True}, "scale": {"worth": 1000}}
    text = "name;worth;weight\nA;1.100,04;9,80000019\nB;0,0000055;0,0005\n"
    desk.take("store.Box", text, map)
    assert desk.rows("store.Box", "worth", "weight") == [
        (110004000, Decimal("9.800")),
        (1, Decimal("0.001")),
    ]


def test_finer_numbers_than_the_field_are_refused(desk: Desk) -> None:
    report = desk.take("store.Box", "name,worth,weight\nA,1.005,0.0005\n")
    assert [(each.field, "decimal" in each.reason) for each in report.row_errors] == [
        ("weight", True),
        ("worth", True),
    ]


def test_dates_are_read_as_told(desk: Desk) -> None:
    map = {"options": {"date_format": "%d.%m.%Y"}}
    desk.take("store.Box", "name,packed_on\nA,31.1.2026\n", map)
    desk.take("store.Box", "name,packed_on\nB,2026/1/31\n")
    report = desk.take("store.Box", "name,packed_on\nC,01/02/2026\n")
    assert "may be any of 2026-01-02, 2026-02-01" in report.row_errors[0].reason
    desk.take("store.Box", "name,packed_on\nD,2026/1/31 11:05\n", {"options": {"round": True}})
    assert set(desk.rows("store.Box", "packed_on")) == {(dt.date(2026, 1, 31),)}


def test_cells_of_a_workbook_are_typed(desk: Desk) -> None:
    day = dt.date(2019, 7, 13)
    rows = [
        ["External ID", "Name", "Packed on", "Pieces", "Fragile", "Worth"],
        [day, "A", day, day, True, 0.1 + 0.2],
        [43660, "B", 43659, 3.0, False, 1234.5],
    ]
    path = workbook(desk.folder, {"boxes": rows})
    report = desk.take("store.Box", path, {"options": {"numbers": ["External ID"], "round": False}})
    assert reasons(report) == []
    names = ("external_id", "packed_on", "pieces", "fragile", "worth")
    assert desk.rows("store.Box", *names) == [
        ("43659", day, 43659, True, 30),
        ("43660", day, 3, False, 123450),
    ]


def test_apostrophes_against_formulas_are_taken_away(desk: Desk) -> None:
    desk.take("store.Box", "name,notes\n'=1+1,''=x\n=2,'x\n")
    assert desk.rows("store.Box", "name", "notes") == [("=1+1", "'=x"), ("=2", "'x")]


def test_an_amount_is_in_the_row_s_currency(desk: Desk) -> None:
    report = desk.take("ledger.Sale", "name,amount,currency\nA,1000,JPY\nB,10.5,KWD\nC,2,\n")
    assert reasons(report) == []
    assert desk.rows("ledger.Sale", "amount", "currency") == [
        (1000, "JPY"), (10500, "KWD"), (200, "CNY"),
    ]  # fmt: skip


def test_the_company_s_currency_is_checked(desk: Desk) -> None:
    report = desk.take("store.Box", "name,worth,currency\nA,1,CNY\nB,1,USD\nC,1,\n")
    assert reasons(report) == [(3, "currency", "Amounts here are in CNY.")]


def test_a_state_is_reached_by_its_transition(desk: Desk) -> None:
    text = "name,outcome,closed_on\nA,won,2026-01-31\nB,open,\nC,lost,\nD,won,\n"
    report = desk.take("ledger.Sale", text, on_error="skip")
    assert counts(report) == (3, 0, 0, 0, 1)
    assert [each.line for each in report.row_errors] == [5]
    assert report.row_errors[0].field == "closed_on"
    assert desk.rows("ledger.Sale", "name", "outcome") == [
        ("A", "won"), ("B", "open"), ("C", "lost"),
    ]  # fmt: skip


def test_an_import_is_noted_with_who_and_what(desk: Desk) -> None:
    with clock_at(dt.datetime(2026, 3, 1, tzinfo=dt.UTC)):
        report = desk.take("store.Place", "name,x\nA,1\n", file_name="places.csv")
    names = ("id", "collection", "file_name", "state", "rows", "created", "errors", "user_id")
    assert desk.rows("core.ImportRun", *names) == [
        (report.run, "store.places", "places.csv", "done", 1, 1, 0, None)
    ]
    assert desk.rows("core.ImportedRow", "run_id", "action") == [(report.run, "created")]


def test_a_dry_run_tells_the_same_and_leaves_no_trace(desk: Desk) -> None:
    desk.take("store.Place", "name,external_id\nA,1\nB,2\n")
    text = "name,external_id\nA2,1\nB,2\nC,3\nNowhere,4\nC,3\n"
    map = {"options": {"key": "external_id"}}
    before = desk.rows("store.Place", "name", "version")
    dry = desk.take("store.Place", text, map, dry_run=True, on_error="skip")
    assert desk.rows("store.Place", "name", "version") == before
    assert len(desk.rows("core.ImportRun", "id")) == 1
    wet = desk.take("store.Place", text, map, on_error="skip")
    assert counts(dry) == counts(wet) == (1, 1, 1, 1, 1)
    assert (dry.row_errors, dry.columns) == (wet.row_errors, wet.columns)
    assert (dry.outcome, dry.run, wet.outcome) == ("dry run", None, "done")


def test_thousands_of_rows_are_no_news(desk: Desk) -> None:
    service.add_user(name="Ada", role="rep")
    desk.take("store.Box", "name,owner\nA,Ada\n")
    assert desk.rows("core.Notification", "id") == []
    service.add_user(name="Bob", role="rep")
    report = desk.take("store.Box", "name,owner\nA,Bob\n", {"options": {"key": "name"}})
    revert(report.run or 0)
    assert desk.rows("core.Notification", "id") == []
