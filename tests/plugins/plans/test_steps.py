"""Steps: what they wait for, days, series, carry-over, escalation, and what a day holds."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from core.data.settings import put as set_to
from plugin_api.context import clock_at, today
from plugin_api.errors import Refused, Rejected
from plugin_api.host import host
from plugin_api.models import model_of
from plugins.crm.models import Account
from plugins.plans.models import (
    CarryOver,
    Dependency,
    Step,
)
from plugins.plans.services import agenda, carrying
from plugins.plans.settings import CARRY, ESCALATE, PERIOD
from tests.harness import Installation
from tests.plugins.plans.kit import (
    acting,
    at,
    days,
    fresh,
    objective,
    step,
    user,
    waits,
)

pytestmark = pytest.mark.usefixtures("acme")
D = Decimal


# -- steps -----------------------------------------------------------------------------------


def test_what_waits_is_neither_begun_nor_done_before() -> None:
    first, second = step("Price list"), step("Offer", due=days(5))
    waits(second, first)
    for name in ("begin", "done"):
        with pytest.raises(Rejected, match="It waits for “Price list”"):
            host().records.transition(second, name)
    host().records.transition(first, "done")
    host().records.transition(second, "done")
    assert second.done_on == today()


def test_a_circle_is_refused_by_its_names() -> None:
    one, two, three = step("One"), step("Two"), step("Three")
    waits(two, one)
    waits(three, two)
    with pytest.raises(Rejected, match="“One” → “Three” → “Two” → “One”"):
        waits(one, three)
    with pytest.raises(Rejected, match="“One” → “One”"):
        waits(one, one)
    assert host().session.scalar(sa.select(sa.func.count(Dependency.id))) == 2


def test_what_is_held_up_is_shown_and_moved() -> None:
    first = step("Price list", start=days(-6), due=days(4))
    second = step("Offer", start=days(1), due=days(3))
    waits(second, first, lag=1)
    from plugins.plans import columns

    held = columns.held_up([first.id, second.id])
    assert {id_: fact.value for id_, fact in held.items()} == {second.id: "held up, 5 days late"}
    host().records.transition(second, "follow")
    worked = host().calendar.is_work_day
    assert second.start >= days(6) and worked(second.start)
    assert second.due - second.start == dt.timedelta(days=2)
    assert second.promised == days(3)
    with pytest.raises(Rejected, match="Nothing that it waits for"):
        host().records.transition(second, "follow")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"start": dt.date(2200, 1, 1)}, "start"),
        ({"due": dt.date(9999, 1, 1)}, "due"),
        ({"budget": -1}, "budget"),
        ({"about_model": "crm.Account"}, "about_id"),
        ({"about_id": 7}, "about_model"),
        ({"about_model": "crm.Account", "about_id": 999_999}, "about_id"),
        ({"state": "done", "done_on": dt.date(2199, 1, 1)}, "done_on"),
        ({"done_on": dt.date(2020, 1, 1)}, "done_on"),
    ],
)
def test_steps_that_make_no_sense(values: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as caught:
        step(**values)
    assert field in caught.value.errors


def test_what_a_step_brings_is_in_the_unit_of_its_objective() -> None:
    with pytest.raises(Rejected, match="say an amount"):
        step(of=objective(), expected_quantity=3)
    count = objective(measure="crm.won_count", goal_amount=None, goal_quantity=10)
    with pytest.raises(Rejected, match="say a quantity"):
        step(of=count, expected_amount=3)
    step(of=count, expected_quantity=4)
    assert fresh(count).coverage == 40


def test_a_step_stays_when_its_record_goes() -> None:
    account = host().records.create(Account, {"name": "Blue Mill"})
    made = step(about_model="crm.Account", about_id=account.id)
    assert made.about == "Blue Mill"
    host().records.delete(account)
    assert (fresh(made).about_id, made.about) == (None, "Blue Mill")


def test_the_first_due_day_stays_once_it_counts() -> None:
    goal = objective()
    made = step(of=goal)
    host().records.update(made, {"due": days(5)})
    assert made.promised == days(5), "a draft promises nothing yet"
    host().records.transition(goal, "start")
    host().session.expire_all()
    host().records.transition(made, "replan", {"due": days(9), "reason": "Ill"})
    assert (made.due, made.promised) == (days(9), days(5))
    done = {"done_on": today()}
    host().records.transition(made, "done", done)
    assert host().measures.value("plans.on_time_share") == 1


def test_series_go_on_when_one_is_done() -> None:
    with clock_at(at(1, 31)):
        made = step("Monthly call", due=dt.date(2026, 1, 31), repeat="month")
        host().records.transition(made, "done")
        following = host().session.scalars(sa.select(Step).where(Step.state == "todo")).one()
        assert (following.due, following.repeat, made.repeat) == (
            dt.date(2026, 2, 28), "month", None,
        )  # fmt: skip
    with clock_at(at(3, 2)):
        host().records.transition(following, "cancel", {"reason": "Away"})
        third = host().session.scalars(sa.select(Step).where(Step.state == "todo")).one()
        assert third.due == dt.date(2026, 3, 31)


# -- carry-over and escalation ---------------------------------------------------------------


def everything() -> list[tuple[str, str, int | None]]:
    asked = sa.select(Step.name, Step.state, Step.expected_amount).order_by(Step.id)
    return [tuple(row) for row in host().session.execute(asked)]


@pytest.mark.parametrize("kind", ["week", "month"])
def test_carry_over_loses_and_doubles_nothing(kind: str, acme: Installation) -> None:
    set_to(PERIOD, kind)
    monday = at(3, 2)
    with clock_at(monday):
        for number in range(8):
            step(
                f"Step {number}", start=dt.date(2026, 2, 20),
                due=dt.date(2026, 2, 24) + dt.timedelta(days=number), expected_amount=number,
                state="done" if number in (2, 5) and number < 7 else "todo",
            )  # fmt: skip
        before = everything()
        first = dt.date(2026, 3, 2) if kind == "week" else dt.date(2026, 3, 1)
        late = [row for row in host().session.scalars(sa.select(Step)) if row.state == "todo"
                and row.due < first]  # fmt: skip
        promised = {row.id: row.promised for row in late}
        assert carrying.carry_all() == len(late) > 0
        host().session.flush()
        assert everything() == before
        assert carrying.carry_all() == 0, "and once is enough"
        for row in late:
            assert first <= row.due and row.carried == 1 and row.promised == promised[row.id]
            assert row.due - row.start == promised[row.id] - dt.date(2026, 2, 20), "length stays"
        kept = host().session.scalars(sa.select(CarryOver)).all()
        assert {each.step_id for each in kept} == set(promised)
        assert host().measures.value("plans.steps_carried") == len(late)


def test_a_company_may_carry_by_hand_alone() -> None:
    set_to(CARRY, False)
    with clock_at(at(3, 9)):
        made = step(due=dt.date(2026, 3, 5))
        assert carrying.carry_all() == 0
        host().records.transition(made, "carry", {"reason": "Customer away"})
        assert (made.due, made.carried) == (dt.date(2026, 3, 12), 1)
        kept = host().session.scalars(sa.select(CarryOver)).one()
        assert (kept.from_due, kept.to_due, kept.reason) == (
            dt.date(2026, 3, 5), dt.date(2026, 3, 12), "Customer away",
        )  # fmt: skip


def test_late_steps_go_to_the_manager_once() -> None:
    set_to(ESCALATE, 2)
    with clock_at(at(3, 6)):
        friday = [step(f"Step {i}", due=dt.date(2026, 3, 6)) for i in range(3)]
        lone = step("Of nobody's team", due=dt.date(2026, 3, 6), owner_id=user("eve"))
    with clock_at(at(3, 10)):
        assert carrying.escalate() == 0, "Tuesday is one working day over"
    with clock_at(at(3, 11)):
        assert carrying.escalate() == 3
        assert carrying.escalate() == 0
    assert fresh(friday[0]).escalated_on == dt.date(2026, 3, 11)
    assert fresh(lone).escalated_on is None
    note: Any = model_of("core.Notification")
    told = host().session.scalars(sa.select(note).where(note.kind == "reminder")).all()
    assert [each.user_id for each in told] == [user("boss")], "one notification, not three"
    assert "2 more are late" in str(told[0].params)


# -- my day ----------------------------------------------------------------------------------


def test_day_entries_of_other_plugins_stand_beside_steps() -> None:
    step("Visit ten", due=today())
    step("Old one", due=days(-9))
    kind: Any = model_of("activities.Kind")
    call = host().session.scalar(sa.select(kind.id).where(kind.code == "call"))
    mine = {"kind_id": call, "owner_id": user("ann")}
    for name, due in (("Call Jo", today()), ("Call later", days(9))):
        host().records.create(
            model_of("activities.Activity"), {**mine, "subject": name, "due": due}
        )
    account = host().records.create(Account, {"name": "Blue Mill", "owner_id": user("ann")})
    host().records.create(
        model_of("activities.ContactRule"),
        {"name": "Weekly", "about_model": "crm.Account", "every_days": 7},
    )
    pool: Any = host().records.create(
        model_of("pools.Pool"),
        {"name": "Pool", "kind": "account", "open_to_all": True, "takes": "all"},
    )
    host().records.create(
        model_of("pools.Rule"), {"name": "A month", "pool_id": pool.id, "event": "contact",
                                 "days": 30},
    )  # fmt: skip
    place: Any = model_of("pools.Place")
    with clock_at(at(1, 1)):
        account.created_at = at(1, 1)
    from plugins.pools.services import places

    places.enter("account")
    held = host().session.scalars(sa.select(place).where(place.account_id == account.id)).one()
    held.since = days(-29)
    host().session.flush()
    with acting("ann"):
        found = agenda.of(user("ann"), today(), today())
    said = [(str(each.title), str(each.kind)) for each in found]
    assert said == [
        ("Old one", "Step"), ("Blue Mill", "Contact is overdue"),
        ("Blue Mill", "Returns to the pool soon"), ("Call Jo", "Call"), ("Visit ten", "Step"),
    ]  # fmt: skip
    with acting("cai"):
        seen = agenda.of(user("ann"), today(), today())
    # Whoever works from a pool sees what others hold from it.
    assert [str(each.kind) for each in seen] == ["Returns to the pool soon"]


def test_a_plugin_that_is_off_says_nothing_of_a_day(inst: Installation) -> None:
    with inst.working("alone"):
        assert list(host().listeners("day_entries")) == []
        host().session.rollback()
