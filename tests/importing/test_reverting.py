"""An import is taken back, but for what somebody has touched since."""

from __future__ import annotations

from typing import Any

import pytest

from core.data.importing.reverting import revert
from core.extensions import db
from core.host import services
from core.identity import service
from plugin_api.context import acting_as, current_company
from plugin_api.errors import NotFound, Rejected
from plugin_api.models import model_of
from tests.importing.kit import BOTH, Desk

pytestmark = BOTH

BY_NUMBER: dict[str, Any] = {"options": {"key": "external_id"}}
PLACE = ("name", "external_id", "parent.name")


def change(key: str, name: str, **values: Any) -> None:
    model: Any = model_of(key)
    record = db.session.query(model).filter_by(name=name).one()
    services().records.update(record, values)
    db.session.commit()


def test_what_was_made_is_deleted_and_what_was_changed_is_set_back(desk: Desk) -> None:
    desk.take("store.Place", "name,external_id\nHall,1\nRoom,2\n")
    before = desk.rows("store.Place", *PLACE)
    report = desk.take(
        "store.Place",
        "name,external_id,parent\nGreat hall,1,\nRoom,2,Cellar\nCellar,3,\n",
        BY_NUMBER,
    )
    done = revert(report.run or 0)
    db.session.commit()
    assert (done.deleted, done.restored, done.left) == (1, 2, [])
    assert desk.rows("store.Place", *PLACE) == before
    assert desk.rows("core.ImportRun", "state")[-1] == ("reverted",)
    with pytest.raises(Rejected, match="nothing of this import to take back"):
        revert(report.run or 0)


def test_records_of_the_file_that_refer_to_each_other_go_too(desk: Desk) -> None:
    report = desk.take("store.Place", "name,parent\nLamp,Room\nRoom,Hall\nHall,\n")
    assert revert(report.run or 0).deleted == 3


def test_every_kind_of_value_is_set_back(desk: Desk) -> None:
    desk.make("store.Place", name="Hall")
    names = ("place.name", "kind", "worth", "weight", "filled", "pieces", "fragile", "packed_on",
             "seen_at", "notes")  # fmt: skip
    head = "name,place,kind,worth,weight,filled,pieces,fragile,packed_on,seen_at,notes\n"
    first = f"{head}A,Hall,tin,1.5,2.5,50,3,yes,2026-01-31,2026-01-31 09:30,x\n"
    desk.take("store.Box", first)
    before = desk.rows("store.Box", *names)
    options = {"options": {"key": "name", "empty_cells": "clear"}}
    report = desk.take("store.Box", f"{head}A,,wood,2,3,,4,no,2026-02-01,,\n", options)
    assert desk.rows("store.Box", *names) != before
    assert revert(report.run or 0).restored == 1
    assert desk.rows("store.Box", *names) == before


def test_a_state_is_set_back_by_its_transition(desk: Desk) -> None:
    desk.take("ledger.Sale", "name,outcome\nA,open\n")
    report = desk.take(
        "ledger.Sale", "name,outcome,closed_on\nA,won,2026-01-31\n", {"options": {"key": "name"}}
    )
    assert revert(report.run or 0).restored == 1
    assert desk.rows("ledger.Sale", "outcome", "closed_on") == [("open", None)]


def test_what_somebody_has_changed_since_is_left_alone_and_reported(desk: Desk) -> None:
    desk.take("store.Place", "name,external_id\nHall,1\n")
    report = desk.take(
        "store.Place", "name,external_id\nHall,1\nRoom,2\nAttic,3\nRoof,4\n", BY_NUMBER
    )
    change("store.Place", "Room", external_id="22")
    attic = db.session.query(model_of("store.Place")).filter_by(name="Attic").one()
    services().records.delete(attic)  # type: ignore[arg-type]
    db.session.commit()
    done = revert(report.run or 0)
    db.session.commit()
    assert (done.deleted, done.gone) == (1, 1)
    assert [(left.title, left.reason) for left in done.left] == [("Room", "It was changed since.")]
    assert desk.rows("core.ImportRun", "state")[-1] == ("partly_reverted",)
    assert desk.rows("store.Place", "name") == [("Hall",), ("Room",)]


def test_what_others_refer_to_by_now_is_left_until_they_are_gone(desk: Desk) -> None:
    report = desk.take("store.Place", "name\nHall\nRoom\n")
    box = desk.make("store.Box", name="A", place_id=desk.rows("store.Place", "id")[0][0])
    done = revert(report.run or 0)
    db.session.commit()
    assert done.deleted == 1
    assert done.left[0].reason == "Other records refer to it: Boxes (1)."
    services().records.delete(box)
    done = revert(report.run or 0)
    assert (done.deleted, done.left) == (1, [])
    assert desk.rows("core.ImportRun", "state", "kept")[-1] == (
        "reverted", {"taken_back": {"deleted": 2, "restored": 0, "gone": 0, "left": 0}},
    )  # fmt: skip


def test_a_record_that_two_rows_made_is_taken_back_once(desk: Desk) -> None:
    text = "name,external_id,notes\nA,1,\nA,1,x\n"
    report = desk.take("store.Box", text, BY_NUMBER)
    done = revert(report.run or 0)
    assert (done.deleted, done.restored, done.left) == (1, 0, [])


def test_a_record_that_two_rows_changed_is_set_back_to_the_start(desk: Desk) -> None:
    desk.take("store.Box", "name,external_id,pieces\nA,1,1\n")
    map = {"options": {"key": "external_id", "duplicates": "last"}}
    report = desk.take("store.Box", "external_id,pieces\n1,2\n1,3\n", map)
    assert revert(report.run or 0).restored == 1
    assert desk.rows("store.Box", "pieces") == [(1,)]


def test_a_failed_import_has_nothing_to_take_back(desk: Desk) -> None:
    report = desk.take("store.Place", "name\nNowhere\n")
    assert report.outcome == "failed"
    with pytest.raises(Rejected):
        revert(report.run or 0)


def test_another_s_import_is_not_there(desk: Desk) -> None:
    report = desk.take("store.Box", "name\nA\n")
    ada = service.add_user(name="Ada", role="rep")
    with acting_as(current_company(), service.actor_for(ada)), pytest.raises(NotFound):
        revert(report.run or 0)
