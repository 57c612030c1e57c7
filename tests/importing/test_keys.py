"""Imports that find again what an earlier one has made, and rows that say the same twice."""

from __future__ import annotations

from typing import Any

import pytest

from plugin_api.context import acting_as, current_company
from tests.importing.kit import BOTH, Desk, counts, reasons, statements

pytestmark = BOTH

BY_NUMBER: dict[str, Any] = {"options": {"key": "external_id"}}


def test_the_same_file_again_changes_nothing_at_all(desk: Desk) -> None:
    text = "name,external_id,parent\nHall,1,\nAttic,2,Hall\nRoom,3,Attic\n"
    desk.take("store.Place", text, BY_NUMBER)
    before = desk.rows("store.Place", "id", "name", "version", "updated_at")
    report = desk.take("store.Place", text, BY_NUMBER)
    assert counts(report) == (0, 0, 3, 0, 0)
    assert desk.rows("store.Place", "id", "name", "version", "updated_at") == before
    assert len(desk.rows("core.ImportedRow", "id")) == 3


def test_only_what_differs_is_changed(desk: Desk) -> None:
    desk.take("store.Box", "name,external_id,pieces,notes\nA,1,1,x\nB,2,1,x\n")
    report = desk.take("store.Box", "external_id,pieces\n1,2\n2,1\n3,9\n", BY_NUMBER)
    assert reasons(report) == [(4, "name", "A value is needed.")]
    report = desk.take("store.Box", "external_id,pieces\n1,2\n2,1\n", BY_NUMBER)
    assert counts(report) == (0, 1, 1, 0, 0)
    assert desk.rows("store.Box", "name", "pieces", "notes") == [("A", 2, "x"), ("B", 1, "x")]


def test_an_empty_cell_keeps_what_is_there_unless_told(desk: Desk) -> None:
    desk.take("store.Box", "name,external_id,notes,fragile\nA,1,x,yes\n")
    text = "name,external_id,notes,fragile\nA,1,,\n"
    assert counts(desk.take("store.Box", text, BY_NUMBER)) == (0, 0, 1, 0, 0)
    clear = {"options": {**BY_NUMBER["options"], "empty_cells": "clear"}}
    assert counts(desk.take("store.Box", text, clear)) == (0, 1, 0, 0, 0)
    assert desk.rows("store.Box", "notes", "fragile") == [(None, True)]


def test_a_default_leaves_an_existing_record_alone(desk: Desk) -> None:
    desk.take("store.Box", "name,external_id,kind\nA,1,tin\n")
    map = {**BY_NUMBER, "defaults": {"kind": "wood", "notes": "new"}}
    report = desk.take("store.Box", "name,external_id,kind\nA,1,\nB,2,\n", map)
    assert counts(report) == (1, 0, 1, 0, 0)
    assert desk.rows("store.Box", "kind", "notes") == [("tin", None), ("wood", "new")]


def test_several_fields_may_be_the_key(desk: Desk) -> None:
    desk.take("store.Place", "name\nHall\nAttic\n")
    text = "name,place\n1,Hall\n1,Attic\n2,Hall\n"
    map = {"options": {"key": ["place", "name"]}}
    assert counts(desk.take("store.Shelf", text, map)) == (3, 0, 0, 0, 0)
    assert counts(desk.take("store.Shelf", text, map)) == (0, 0, 3, 0, 0)


def test_the_number_of_a_record_may_be_the_key(desk: Desk) -> None:
    made = desk.make("store.Place", name="Hall")
    text = f"id,name\n{made.id},Great hall\n,Attic\n{made.id + 99},Cellar\nx,Roof\n"
    report = desk.take("store.Place", text, {"options": {"key": "id"}}, on_error="skip")
    assert counts(report) == (1, 1, 0, 0, 2)
    assert reasons(report) == [
        (4, "id", f"There is no record {made.id + 99}."),
        (5, "id", "“x” is not the number of a record."),
    ]
    assert desk.rows("store.Place", "name") == [("Great hall",), ("Attic",)]


def test_an_empty_key_is_an_error(desk: Desk) -> None:
    report = desk.take("store.Place", "name,external_id\nA,\n", BY_NUMBER)
    assert reasons(report) == [
        (2, "external_id", "The key is empty: without it the row cannot be found again.")
    ]


def test_a_key_of_several_records_is_an_error(desk: Desk) -> None:
    for number in ("1", "2"):
        desk.make("store.Place", name="Hall", external_id=number)
    report = desk.take("store.Place", "name\nHall\n", {"options": {"key": "name"}})
    assert reasons(report) == [(2, "name", "2 records have this key.")]


def test_rows_of_the_same_key_and_values_are_one_record(desk: Desk) -> None:
    text = "name,external_id\nHall,1\nHall,1\nAttic,2\nHall,1\n"
    report = desk.take("store.Place", text, BY_NUMBER)
    assert counts(report) == (2, 0, 0, 2, 0)


def test_rows_of_the_same_key_may_complete_each_other(desk: Desk) -> None:
    text = "name,external_id,notes\nA,1,\nA,1,x\nA,1,\n"
    report = desk.take("store.Box", text, BY_NUMBER)
    assert counts(report) == (1, 1, 0, 1, 0)
    assert desk.rows("store.Box", "name", "notes") == [("A", "x")]


@pytest.mark.parametrize(
    ("duplicates", "found", "name"),
    [("first", (1, 0, 0, 1, 0), "A"), ("last", (1, 1, 0, 0, 0), "B")],
)
def test_which_of_two_rows_holds_is_said_by_the_map(
    desk: Desk, duplicates: str, found: tuple[int, ...], name: str
) -> None:
    text = "name,external_id\nA,1\nB,1\n"
    report = desk.take("store.Place", text, BY_NUMBER)
    assert reasons(report)[0][:2] == (3, "external_id")
    assert "Line 2 has the same key and other values (name)" in report.row_errors[0].reason
    map = {"options": {"key": "external_id", "duplicates": duplicates}}
    assert counts(desk.take("store.Place", text, map)) == found
    assert desk.rows("store.Place", "name") == [(name,)]


def test_without_a_key_every_row_is_a_record(desk: Desk) -> None:
    assert counts(desk.take("store.Place", "name\nA\nA\n")) == (2, 0, 0, 0, 0)


def test_references_within_the_file_need_no_order(desk: Desk) -> None:
    text = "name,parent\nSocket,Wall\nWall,Room\nRoom,Hall\nHall,\nLamp,Room\n"
    report = desk.take("store.Place", text, {"options": {"key": "name"}})
    assert counts(report) == (5, 0, 0, 0, 0)
    assert dict(desk.rows("store.Place", "name", "parent.name")) == {
        "Socket": "Wall", "Wall": "Room", "Room": "Hall", "Hall": None, "Lamp": "Room",
    }  # fmt: skip
    assert set(desk.rows("store.Place", "version")) == {(1,)}


def test_a_row_below_a_bad_one_is_bad_too(desk: Desk) -> None:
    text = "name,parent\nRoom,Nowhere\nNowhere,\nLamp,Room\nEgg,Hen\nHen,Egg\nHall,\n"
    report = desk.take("store.Place", text, on_error="skip")
    assert counts(report) == (1, 0, 0, 0, 5)
    assert [(line, field) for line, field, _reason in reasons(report)] == [
        (2, "parent"), (3, "name"), (4, "parent"), (5, "parent"), (6, "parent"),
    ]  # fmt: skip


def test_a_name_of_several_records_is_an_error(desk: Desk) -> None:
    for number in ("1", "2"):
        desk.make("store.Place", name="Hall", external_id=number)
    report = desk.take("store.Box", "name,place\nA,Hall\n")
    assert "Several records are called “Hall”" in report.row_errors[0].reason
    assert "place.external_id" in report.row_errors[0].reason
    report = desk.take("store.Box", "name,place.external_id\nA,2\n")
    assert counts(report) == (1, 0, 0, 0, 0)


def test_a_reference_fits_what_it_depends_on(desk: Desk) -> None:
    desk.take("store.Place", "name\nHall\nAttic\n")
    desk.take("store.Shelf", "name,place\nUpper,Hall\nUpper,Attic\nLower,Attic\n")
    text = "name,shelf,place\nA,Upper,Attic\nB,Upper,Hall\nC,Lower,Hall\nD,Upper,\nE,Lower,\n"
    report = desk.take("store.Box", text, on_error="skip")
    assert [(line, field) for line, field, _reason in reasons(report)] == [
        (4, "shelf"), (5, "shelf"),
    ]  # fmt: skip
    assert desk.rows("store.Box", "name", "shelf.place.name") == [
        ("A", "Attic"), ("B", "Hall"), ("E", "Attic"),
    ]  # fmt: skip


def test_an_update_is_looked_at_with_what_the_record_holds(desk: Desk) -> None:
    desk.take("store.Place", "name\nHall\nAttic\n")
    desk.take("store.Shelf", "name,place\nUpper,Hall\nUpper,Attic\n")
    desk.take("store.Box", "name,external_id,place\nA,1,Attic\n")
    desk.take("store.Box", "external_id,shelf\n1,Upper\n", BY_NUMBER)
    assert desk.rows("store.Box", "shelf.place.name") == [("Attic",)]
    desk.take("ledger.Sale", "name,currency\nA,KWD\n")
    desk.take("ledger.Sale", "name,amount\nA,1.5\n", {"options": {"key": "name"}})
    assert desk.rows("ledger.Sale", "amount") == [(1500,)]


def test_an_update_of_a_state_takes_a_transition(desk: Desk) -> None:
    map = {"options": {"key": "name"}}
    desk.take("ledger.Sale", "name,outcome,amount\nA,open,1\n")
    report = desk.take("ledger.Sale", "name,outcome,closed_on\nA,won,2026-01-31\n", map)
    assert counts(report) == (0, 1, 0, 0, 0)
    report = desk.take("ledger.Sale", "name,outcome\nA,lost\n", map)
    assert [field for _line, field, _reason in reasons(report)] == ["outcome"]


def test_people_are_found_by_name_address_or_number(desk: Desk) -> None:
    desk.take("core.User", "name,email,external_id\nAda,Ada@acme.example,7\n")
    text = "name,owner\nA,Ada\nB,ada@acme.example\nC,7\n"
    assert counts(desk.take("store.Box", text)) == (3, 0, 0, 0, 0)
    assert set(desk.rows("store.Box", "owner.name")) == {("Ada",)}


def test_a_rep_imports_their_own_records_only(desk: Desk) -> None:
    from core.identity import service
    from plugin_api.errors import Forbidden

    ada = service.add_user(name="Ada", role="rep")
    service.add_user(name="Bob", role="rep")
    desk.make("store.Box", name="A", external_id="1", owner=None)
    with acting_as(current_company(), service.actor_for(ada)):
        report = desk.take("store.Box", "name,owner\nB,\nC,Bob\n", on_error="skip")
        assert counts(report) == (1, 0, 0, 0, 1)
        # What they cannot see does not exist for them, and cannot be made a second time.
        report = desk.take("store.Box", "name,external_id\nX,1\n", BY_NUMBER)
        assert reasons(report) == [(2, "external_id", "“1” already exists.")]
        with pytest.raises(Forbidden):
            desk.take("store.Place", "name\nHall\n")
    assert desk.rows("store.Box", "name", "owner.name") == [("A", None), ("B", "Ada")]


def test_statements_do_not_grow_with_rows(desk: Desk) -> None:
    """But for inserts: SQLite numbers new rows one by one."""
    desk.take("store.Place", "name\n" + "\n".join(f"P{number}" for number in range(300)))

    def run(rows: int, start: int) -> int:
        lines = [f"B{n},P{n % 300},{n}" for n in range(start, start + rows)]
        with statements() as found:
            desk.take("store.Box", "name,place,external_id\n" + "\n".join(lines), BY_NUMBER)
        return sum(not each.startswith("INSERT") for each in found)

    run(10, 0)
    few, many = run(10, 10_000), run(500, 20_000)
    assert many <= few + 12
