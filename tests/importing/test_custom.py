"""Columns of files fill fields that a company has added."""

from __future__ import annotations

import datetime as dt
from typing import Any

from core.data.importing.reverting import revert
from core.extensions import db
from core.host import services
from plugin_api.models import model_of
from tests.custom.kit import chosen_beside, chosen_in
from tests.importing.kit import BOTH, Desk, counts, reasons

FILE = "name,Floors,opened on,x_code\nHall,3,2026-03-01,A\nRoom,x,2026-03-02,B\nYard,,,C\n"


def _field(kind: str, label: str, **more: Any) -> None:
    values = {"model": "store.Place", "kind": kind, "label": label, **more}
    services().records.create(model_of("core.CustomField"), values)
    db.session.commit()


@BOTH
def test_a_column_is_found_by_label_or_name_and_a_map_names_it(desk: Desk) -> None:
    _field("integer", "层数", label_en="Floors", name="x_floors")
    _field("date", "Opened")
    _field("text", "Code", unique=True)
    order: dict[str, Any] = {"map": {"columns": {
        "name": "name", "x_floors": "Floors", "x_opened": "opened on", "x_code": "x_code",
    }, "options": {"key": "x_code"}}}  # fmt: skip
    report = desk.take("store.Place", FILE, on_error="skip", **order)
    assert counts(report) == (2, 0, 0, 0, 1)
    assert [line[:2] for line in reasons(report)] == [(3, "x_floors")]
    assert desk.rows("store.Place", "custom") == [
        ({"x_floors": 3, "x_opened": "2026-03-01", "x_code": "A"},),
        ({"x_code": "C"},),
    ]
    again = desk.take("store.Place", FILE.replace("Hall,3", "Hall,4"), on_error="skip", **order)
    assert counts(again) == (0, 1, 1, 0, 1)
    assert desk.rows("store.Place", "custom")[0][0]["x_floors"] == 4
    assert dt.date.fromisoformat(desk.rows("store.Place", "custom")[0][0]["x_opened"])
    revert(again.run)
    db.session.flush()
    assert desk.rows("store.Place", "custom")[0][0]["x_floors"] == 3


def test_without_a_map_the_label_in_either_language_finds_it(desk: Desk) -> None:
    _field("integer", "层数", label_en="Floors", name="x_floors")
    desk.take("store.Place", "name,Floors\nHall,3\n")
    desk.take("store.Place", "name,x floors\nRoom,5\n")
    assert desk.rows("store.Place", "custom") == [({"x_floors": 3},), ({"x_floors": 5},)]


def _needs(**more: Any) -> Any:
    _field("choices", "Needs", label_zh="需求", **more)
    field = services().session.query(model_of("core.CustomField")).filter_by(name="x_needs").one()
    for label, chinese in (("Pumps", "泵"), ("Pipes", "管道")):
        values = {"field": field.id, "label": label, "label_zh": chinese}
        services().records.create(model_of("core.CustomOption"), values)
    db.session.commit()
    return field


@BOTH
def test_what_stands_beside_the_records_follows_an_import_and_its_revert(desk: Desk) -> None:
    field = _needs(indexed=True)
    key = {"options": {"key": "name"}}
    desk.take("store.Place", "name,needs\nHall,pumps;pipes\nRoom,pipes\nYard,\n", key)
    before = chosen_in(field)
    assert chosen_beside(field) == before
    assert sorted(map(len, before.values())) == [1, 2]
    again = desk.take("store.Place", "name,needs\nHall,pipes\nYard,pumps\nShed,pumps\n", key)
    assert chosen_beside(field) == chosen_in(field) != before
    revert(again.run or 0)
    assert chosen_beside(field) == chosen_in(field) == before


def test_several_choices_are_named_by_label_or_value(desk: Desk) -> None:
    _needs()
    file = "name,需求\nHall,泵；管道\nRoom,Pipes\nYard,pumps;nails\nShed,\n"
    report = desk.take("store.Place", file, on_error="skip")
    assert counts(report) == (3, 0, 0, 0, 1)
    [(line, name, why)] = reasons(report)
    assert (line, name) == (4, "x_needs")
    assert "nails" in why
    held = [row[0] for row in desk.rows("store.Place", "custom")]
    assert held == [{"x_needs": "pumps;pipes"}, {"x_needs": "pipes"}, {}]
