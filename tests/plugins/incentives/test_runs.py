"""Calculating many: few statements, in parts, and whole after a worker was killed."""

from __future__ import annotations

import datetime as dt
import os
import signal
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from core.extensions import db
from core.identity.models import User
from core.jobs import runs
from core.jobs.work import work_off
from plugin_api.context import current_company, now
from plugin_api.errors import Rejected
from plugin_api.host import host
from plugin_api.models import model_of
from plugins.incentives.models import Entry, Participant, Plan, Statement
from plugins.incentives.services import posting
from plugins.sales.models import LedgerEntry
from tests.harness import Installation
from tests.plugins.incentives.kit import on, plan, version

MANY, DAY = 24, "2025-03-31"


@pytest.fixture(scope="module")
def crowd(inst: Installation) -> Installation:
    """A company of its own, in which many people have won something in each of three months."""
    inst.company("crowd", "sales", "incentives", currency="CNY", country="CN", language="en")
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


def test_what_is_cancelled_is_taken_back_for_the_months_left(crowd: Installation) -> None:
    """1,200 of March are earned over a year, and cancelled after five months: 700 go back."""
    with crowd.working("crowd"):
        who = people()[0]
        host().records.add_rows(LedgerEntry, [booked(who, dt.date(2025, 3, 15), 120_000)])
        part = {"measure": "sales.booked_net", "rate": Decimal(100)}
        plain, over = plan("Plain"), plan("Over")
        version(plain, rule="flat", part=part)
        version(over, rule="flat", part={**part, "earned_over": 12})
        for of in (plain, over):
            values = {"plan_id": of.id, "user_id": who, "starts_on": dt.date(2025, 1, 1)}
            host().records.create(Participant, values)
        with on("2025-08-31"):
            for of in (plain, over):
                posting.calculate(of)
            lost = booked(who, dt.date(2025, 8, 20), -120_000, dt.date(2025, 3, 15))
            host().records.add_rows(LedgerEntry, [lost])
            for of in (plain, over):
                posting.calculate(of)
        assert [(row[1].month, row[-1]) for row in held(plain.id)] == [(3, 120_000), (8, -120_000)]
        assert [(row[1].month, row[-1]) for row in held(over.id)] == [(3, 120_000), (3, -70_000)]
        wrongs: list[dict[str, Any]] = [
            {"earned_over": 0}, {"earned_over": 12, "basis": "each"},
            {"earned_over": 12, "measure": "crm.won_amount"},
        ]  # fmt: skip
        for wrong in wrongs:
            with pytest.raises(Rejected) as refused:
                version(plain, "2026-01-01", rule="flat", part={**part, **wrong}, publish=False)
            assert refused.value.field == "earned_over"
        db.session.rollback()


def booked(who: int, day: dt.date, amount: int, original: dt.date | None = None) -> dict[str, Any]:
    """An entry of the ledger of sales."""
    nothing = ("order_id", "delivery_id", "invoice_id", "receipt_id", "account_id", "product_id",
               "channel_id", "region", "cost_company", "reverses_id")  # fmt: skip
    return {
        "day": day, "original_day": original or day, "kind": "booked",
        "event": "cancelled" if original else "booked", "document": "", "user_id": who,
        "overlay": False, "quantity": Decimal(1), "amount": amount, "amount_company": amount,
        "exact": Decimal(amount), "exact_company": Decimal(amount), "currency": "CNY",
        "rate": Decimal(1), "rate_on": day, "source": "order", "source_id": 1, "root_id": 1,
        **dict.fromkeys(nothing),
    }  # fmt: skip


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


def test_a_plan_that_cannot_be_worked_out_keeps_nobody_of_another_from_pay(
    crowd: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    with crowd.working("crowd"):
        broken, sound = paying("Broken", 4), paying("Sound", 4)
        numbers = (broken.id, sound.id)
        company = current_company().id
    parts, entered = posting.in_parts, list[int]()

    def stumbles(plan: Plan, most: int = 2) -> Any:
        for part in parts(plan, most):
            yield part
            entered.append(plan.id)
            if plan.id == numbers[0]:
                raise ZeroDivisionError

    monkeypatch.setattr(posting, "in_parts", stumbles)
    with crowd.working("crowd"):
        for other in db.session.scalars(sa.select(Plan).where(Plan.id.not_in(numbers))):
            other.active = False
        runs.start("incentives.calculate", {}, about=f"plan:{company}")
    work_off(crowd.app)
    with crowd.working("crowd"):
        run: Any = model_of("core.JobRun")
        done = host().session.scalars(sa.select(run).order_by(run.id.desc())).first()
        assert (done.state, done.result["plans"]) == ("done", 1), vars(done)
        assert done.result["left"] == ["Broken: ZeroDivisionError"]
        assert entered == [numbers[0], numbers[1], numbers[1]]
        whole = held(numbers[1])
        paid = {row[0] for row in held(numbers[0])}
        assert len({row[0] for row in whole}) == 4 and len(paid) == 2
        assert held(numbers[0]) == [row for row in whole if row[0] in paid]


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
