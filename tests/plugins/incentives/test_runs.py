"""Calculating many: few statements, in parts, and whole after a worker was killed."""

from __future__ import annotations

import datetime as dt
import os
import signal
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from core.extensions import db
from core.identity.models import User
from core.jobs import runs
from core.jobs.work import work_off
from plugin_api.context import current_company, now
from plugin_api.host import host
from plugin_api.models import model_of
from plugins.incentives.models import Entry, Participant, Plan, Statement
from plugins.incentives.services import posting
from tests.harness import Installation
from tests.plugins.incentives.kit import on, plan, version

MANY, DAY = 24, "2025-03-31"


@pytest.fixture(scope="module")
def crowd(inst: Installation) -> Installation:
    """A company of its own, in which many people have won something in each of three months."""
    inst.company("crowd", "crm", "incentives", currency="CNY", country="CN", language="en")
    inst.person("crowd", "ada", "admin")
    stamp = {"version": 1, "created_at": now(), "updated_at": now(), "custom": {}, "active": True}
    with inst.working("crowd"):
        user: Any = User
        db.session.execute(sa.insert(user), [
            {"name": f"P{i}", "email": f"p{i}@crowd.example", "title_key": f"p{i}", **stamp}
            for i in range(MANY)
        ])  # fmt: skip
        stage: Any = model_of("crm.Stage")
        first = db.session.scalars(sa.select(stage).order_by(stage.id)).first()
        assert first is not None
        db.session.execute(sa.insert(model_of("crm.Opportunity")), [
            {"name": "Deal", "owner_id": id_, "amount_company": 7_000_000 * (1 + i % 5),
             "outcome": "won", "closed_on": dt.date(2025, month, 9), "currency": "CNY",
             "pipeline_id": first.pipeline_id, "stage_id": first.id}
            for i, id_ in enumerate(people()) for month in (1, 2, 3)
        ])  # fmt: skip
        db.session.commit()
    return inst


def people() -> list[int]:
    return list(db.session.scalars(sa.select(User.id).where(User.name.like("P%"))))


def paying(name: str, many: int = MANY) -> Plan:
    """A plan of tiers for some of the people."""
    made = plan(name)
    version(made, cap=2_000_000, carried=True)
    host().records.create_many(
        Participant,
        [{"plan_id": made.id, "user_id": id_, "starts_on": dt.date(2025, 1, 1)}
         for id_ in people()[:many]],
    )  # fmt: skip
    return made


def held(of: int) -> list[Any]:
    """Every entry of a plan, as it would be paid."""
    asked = sa.select(
        Entry.user_id, Entry.start, Entry.number, Entry.kind, Entry.text, Entry.whole, Entry.amount
    ).where(Entry.plan_id == of)
    order = (Entry.user_id, Entry.start, Entry.number)
    return [tuple(row) for row in host().session.execute(asked.order_by(*order))]


def counted(work: Callable[[], Any]) -> int:
    """How many statements something sends to the database."""
    sent: list[str] = []

    def note(_c: Any, _cur: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    work()
    host().session.flush()
    sa.event.remove(db.engine, "before_cursor_execute", note)
    return len(sent)


def test_no_more_statements_for_more_people(crowd: Installation) -> None:
    with crowd.working("crowd"):
        few, all_ = paying("Few", 4), paying("All")
        with on(DAY):
            first = counted(lambda: posting.calculate(few))
            assert counted(lambda: posting.calculate(all_)) <= first <= 20
            assert len(held(few.id)) > 12
            assert counted(lambda: posting.calculate(all_)) <= 12, "nothing to enter"
        db.session.rollback()


def test_a_run_that_is_killed_goes_on_and_ends_the_same(
    crowd: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting.in_parts, "__defaults__", (5,))
    with crowd.working("crowd"):
        whole = paying("Whole")
        posting.calculate(whole)
        cut = paying("Cut")
        numbers = (whole.id, cut.id)
        assert len(held(whole.id)) > 3 * MANY
    with crowd.working("crowd"):
        company = current_company().id
    child = os.fork()
    if not child:
        _die_in_the_middle(crowd, numbers[1])
    _pid, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    with crowd.working("crowd"):
        assert 0 < len(held(numbers[1])) < len(held(numbers[0]))
        runs.start("incentives.calculate", {"plan": numbers[1]}, about=f"plan:{company}")
    work_off(crowd.app)
    with crowd.working("crowd"):
        run: Any = model_of("core.JobRun")
        done = host().session.scalars(sa.select(run).order_by(run.id.desc())).first()
        assert (done.state, done.result["people"]) == ("done", MANY), vars(done)
        assert held(numbers[1]) == held(numbers[0])
        sums = sa.select(sa.func.sum(Statement.amount)).where(Statement.plan_id == numbers[1])
        assert host().session.scalar(sums) == sum(row[-1] for row in held(numbers[1]))


def _die_in_the_middle(crowd: Installation, plan_id: int) -> None:
    """In a process of its own: two parts are entered, the third is not."""
    try:
        with crowd.app.app_context():
            db.engine.dispose(close=False)
        with crowd.working("crowd"):
            found = db.session.scalars(sa.select(Plan).where(Plan.id == plan_id)).one()
            for done, _whole, _part in posting.in_parts(found):
                if done > 10:
                    os.kill(os.getpid(), signal.SIGKILL)
                db.session.commit()
    finally:
        os._exit(3)
