"""An import whose worker is gone at any step, and goes on: as if nothing had happened."""

from __future__ import annotations

import io
import random
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from core.data.importing import intake, steps, uploads
from core.data.importing.engine import Order
from core.data.importing.mapping import as_data, make_map
from core.data.importing.models import ImportedRow, ImportRun
from core.data.importing.report import Report
from core.data.importing.reverting import revert
from core.extensions import db
from plugin_api.models import model_of
from tests.importing.kit import BOTH, Desk, counts, reasons


class Killed(BaseException):
    """The process is gone."""


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "BATCH", 4)
    monkeypatch.setattr(steps, "BATCH", 3)


def upload(desk: Desk, key: str, text: str, map: Any) -> int:
    model: Any = model_of(key)
    run = ImportRun(
        collection=f"{model.plugin_id()}.{model.__collection__}",
        file_name="a.csv",
        upload=uploads.keep(io.BytesIO(text.encode())),
        map=as_data(make_map(map)),
    )
    db.session.add(run)
    db.session.commit()
    return run.id


def go(desk: Desk, key: str, run_id: int, on_error: Any = "skip", dies_after: int = -1) -> Report:
    """One worker at it, which is gone after so many steps, with what it has not committed."""
    left = dies_after

    def commit() -> None:
        nonlocal left
        if left == 0:
            raise Killed
        left -= 1
        db.session.commit()

    run = db.session.get(ImportRun, run_id)
    path = uploads.file_of(run)
    assert path is not None
    model: Any = model_of(key)
    order = Order(
        model=model, path=path, map=make_map(run.map), on_error=on_error, run=run,
        errors_to=uploads.errors_to(run),
    )  # fmt: skip
    try:
        report = steps.run_in_steps(order, commit, None, None)
        db.session.commit()
        return report
    except Killed:
        db.session.rollback()
        db.session.expunge_all()
        raise


def bad_rows(run_id: int) -> str:
    path: Path | None = uploads.bad_rows_of(db.session.get(ImportRun, run_id))
    return path.read_text("utf-8-sig") if path else ""


PLACES = {"columns": {"external_id": "no", "name": "name", "parent.external_id": "in"},
          "options": {"key": ["external_id"]}, "except": {"name": "out"}}  # fmt: skip


def places() -> str:
    """Rows that name others above and below them, stand twice, contradict, or are left out."""
    chance = random.Random(5)
    inside = chance.sample(range(30), 30)
    above = {each: chance.choice(["", *inside[:at]]) for at, each in enumerate(inside)}
    rows = [f"{n},place {n},{above[n]}" for n in range(30)]
    rows[4:4] = ["3,place 3,", "77,out,", "2,else,"]
    rows[20:20] = ["1,place 1,", ",no number,", "50,lost,99", "9,other,"]
    return "no,name,in\n" + "\n".join(rows) + "\n"


def told(desk: Desk) -> list[tuple[Any, ...]]:
    return sorted(desk.rows("store.Place", "external_id", "name", "parent.external_id"))


@BOTH
def test_a_worker_may_be_killed_at_every_step(desk: Desk) -> None:
    first = upload(desk, "store.Place", places(), PLACES)
    whole = go(desk, "store.Place", first)
    said, bad, there = (counts(whole), reasons(whole)), bad_rows(first), told(desk)
    assert whole.errors == 4
    assert len(there) == 30
    revert(first)
    db.session.commit()
    again = upload(desk, "store.Place", places(), PLACES)
    report, killed = None, 0
    while report is None:
        try:
            # Each worker gets one step further than it has to for nothing to stand still.
            report = go(desk, "store.Place", again, dies_after=1)
        except Killed:
            killed += 1
            assert db.session.get(ImportRun, again).state == "importing"
    assert killed > 9
    assert (counts(report), reasons(report)) == said
    assert bad_rows(again) == bad
    assert told(desk) == there
    notes = sa.select(sa.func.count()).where(ImportedRow.run_id == again)
    assert db.session.scalar(notes) == 30
    run = db.session.get(ImportRun, again)
    assert (run.state, run.rows, run.created, run.errors) == ("done", 37, 30, 4)
    done = revert(again)
    assert (done.deleted, done.left, told(desk)) == (30, [], [])


def test_rows_without_a_key_are_not_doubled(desk: Desk) -> None:
    text = "name\n" + "".join(f"box {n % 5}\n" for n in range(23))
    run = upload(desk, "store.Box", text, {"columns": {"name": "name"}})
    for steps_done in (2, 0, 1):
        with pytest.raises(Killed):
            go(desk, "store.Box", run, dies_after=steps_done)
    assert len(desk.rows("store.Box", "name")) == 12
    assert counts(go(desk, "store.Box", run)) == (23, 0, 0, 0, 0)
    assert len(desk.rows("store.Box", "name")) == 23


def test_a_file_that_must_be_right_is_tried_before_anything_goes_in(desk: Desk) -> None:
    text = "name,pieces\n" + "".join(f"box {n},{n}\n" for n in range(11))
    run = upload(desk, "store.Box", text + "bad,x\n", {})
    report = go(desk, "store.Box", run, "stop", dies_after=0)
    assert (report.outcome, report.errors, desk.rows("store.Box", "name")) == ("failed", 1, [])
    good = upload(desk, "store.Box", text, {})
    with pytest.raises(Killed):
        go(desk, "store.Box", good, "stop", dies_after=2)
    assert len(desk.rows("store.Box", "name")) == 4
    assert go(desk, "store.Box", good, "stop").created == 11


def test_what_is_refused_after_the_check_has_everything_taken_back(desk: Desk) -> None:
    text = "external_id,name\n" + "".join(f"{n},box {n}\n" for n in range(11))
    run = upload(desk, "store.Box", text, {})
    with pytest.raises(Killed):
        go(desk, "store.Box", run, "stop", dies_after=2)
    desk.make("store.Box", name="quicker", external_id="9")
    report = go(desk, "store.Box", run, "stop")
    assert (report.outcome, report.errors) == ("failed", 1)
    assert desk.rows("store.Box", "name") == [("quicker",)]
    kept = db.session.get(ImportRun, run)
    assert (kept.state, kept.kept) == ("uploaded", {})


def test_an_import_that_has_stopped_in_the_middle_can_be_taken_back(desk: Desk) -> None:
    run = upload(desk, "store.Box", "name\n" + "box\n" * 9, {})
    with pytest.raises(Killed):
        go(desk, "store.Box", run, dies_after=1)
    assert revert(run).deleted == 4
    assert desk.rows("store.Box", "name") == []
