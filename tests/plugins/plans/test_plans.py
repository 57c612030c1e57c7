"""Strategies, objectives and steps: rules with real values."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from plugin_api.context import clock_at, today
from plugin_api.errors import Forbidden, Refused, Rejected
from plugin_api.host import host
from plugin_api.models import model_of
from plugins.crm.models import Account, Opportunity
from plugins.plans.models import (
    Decision,
    Dependency,
    Link,
    Step,
    TemplateStep,
)
from plugins.plans.models import Template as PlanTemplate
from plugins.plans.services import objectives, strategies, templates
from tests.plugins.plans.kit import (
    acting,
    at,
    days,
    fresh,
    objective,
    step,
    strategy,
    user,
    win,
)

pytestmark = pytest.mark.usefixtures("acme")
D = Decimal


# -- coverage --------------------------------------------------------------------------------


def test_coverage_is_expected_over_the_gap() -> None:
    win(40_000_00, today().replace(day=1))
    goal = objective()
    assert (goal.gap, goal.covered, goal.coverage) == (60_000, "none", 0)
    visits = step("Visit ten", goal, expected_amount=30_000_00)
    step("Train doctors", goal, expected_amount=15_000_00)
    assert (fresh(goal).coverage, goal.covered, goal.expected) == (75, "under", 45_000)
    told = [host().measures.value(f"plans.{name}") for name in ("carries", "gap", "coverage")]
    assert told == [45_000_00, 60_000_00, D("0.75")]
    assert host().measures.value("plans.expected") == 45_000_00
    host().records.transition(goal, "start")
    host().records.transition(visits, "done", {"realised_amount": 26_000_00})
    win(26_000_00, today())
    found = objectives.standing(fresh(goal), objectives.parts_of([goal.id])[goal.id])
    assert (found.actual, found.baseline) == (66_000, 40_000), "the gap stays that of the start"
    counted = found.coverage
    assert (counted.gap, counted.expected, counted.share) == (60_000, 45_000, D("0.75"))
    assert (counted.realised, counted.promised, counted.left) == (26_000, 30_000, 34_000)
    assert goal.realised == 26_000
    step("A third", goal, expected_amount=20_000_00)
    assert (fresh(goal).covered, goal.coverage > 100) == ("covered", True)
    host().records.transition(visits, "reopen")
    host().records.transition(visits, "cancel", {"reason": "No budget"})
    assert fresh(goal).expected == 35_000


def test_what_is_counted_raises_no_version_and_a_deleted_step_no_more() -> None:
    goal = objective()
    version = goal.version
    made = step("Visit ten", goal, expected_amount=30_000_00)
    assert (fresh(goal).version, goal.expected) == (version, 30_000)
    host().records.delete(made)
    assert fresh(goal).expected == 0


def test_a_goal_may_lean_on_the_year_before() -> None:
    win(25_000_00, (today().replace(day=1) - dt.timedelta(days=360)).replace(day=5))
    start = (today().replace(day=1) - dt.timedelta(days=360)).replace(day=1)
    goal = objective(
        basis="year", start=start.replace(year=start.year + 1),
        end=start.replace(year=start.year + 1) + dt.timedelta(days=20),
    )  # fmt: skip
    assert goal.gap == 75_000


def test_a_target_gives_the_goal_and_is_followed() -> None:
    model: Any = model_of("targets.Target")
    first = today().replace(day=1)
    last = (first + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)
    target: Any = host().records.create(
        model,
        {"measure": "crm.won_amount", "level": "user", "user": user("ann"), "period": "month",
         "start": first, "end": last, "amount": 80_000_00},
    )  # fmt: skip
    found = objective(goal_amount=None)
    assert (found.target_id, found.goal_amount, found.gap) == (target.id, 80_000_00, 80_000)
    assert found.target == target.name
    own = objective(name="A goal of its own")
    assert own.target_id is None, "what somebody says is not replaced"
    with pytest.raises(Rejected, match="another measure"):
        objective(measure="crm.won_count", goal_amount=None, target_id=target.id)
    with pytest.raises(Rejected, match="no such target"), acting("cai"):
        objective(owner_id=user("cai"), target_id=target.id)
    host().session.execute(sa.update(model).values(amount=90_000_00))
    objectives.count_all()
    assert (fresh(found).goal_amount, found.gap) == (90_000_00, 90_000)


def test_a_target_on_one_account_narrows_the_figure() -> None:
    account = host().records.create(Account, {"name": "Blue Mill"})
    goal = objective()
    target: Any = host().records.create(
        model_of("targets.Target"),
        {"measure": "crm.won_amount", "level": "user", "user": user("ann"), "period": "custom",
         "start": goal.start, "end": goal.end, "amount": 50_000_00, "dimension": "account",
         "member": "Blue Mill"},
    )  # fmt: skip
    win(7_000_00, today())
    deal = host().records.create(
        Opportunity,
        {"name": "X", "amount": 3_000_00, "account_id": account.id, "owner_id": user("ann")},
    )
    host().records.transition(deal, "win", {"closed_on": today()})
    assert objective(goal_amount=None).target_id is None, "it is on one account only"
    host().records.update(goal, {"target_id": target.id})
    assert (goal.goal_amount, goal.gap) == (50_000_00, 47_000)


def test_a_running_objective_of_another_figure_keeps_its_start() -> None:
    win(10_000_00, today(), "bo")
    goal = objective()
    host().records.transition(goal, "start")
    host().records.update(goal, {"owner_id": user("bo")})
    assert (goal.baseline, goal.gap) == (10_000, 90_000)
    win(20_000_00, today(), "bo")
    assert objectives.standing(goal, []).coverage.gap == 90_000


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"end": dt.date(2000, 1, 1)}, "end"),
        ({"whose": "team"}, "team"),
        ({"measure": "crm.won_count"}, "goal_amount"),
        ({"goal_quantity": 3}, "goal_quantity"),
        ({"start": dt.date(1400, 1, 1)}, "start"),
    ],
)
def test_objectives_that_make_no_sense(values: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as caught:
        objective(**values)
    assert field in caught.value.errors


def test_an_objective_is_closed_by_its_figure() -> None:
    goal = objective()
    host().records.transition(goal, "start")
    with pytest.raises(Rejected, match="up to its last day"):
        host().records.transition(goal, "close")
    win(120_000_00, today())
    host().records.transition(goal, "close")
    assert (goal.state, goal.final) == ("reached", 120_000)
    host().records.transition(goal, "reopen")
    assert goal.state == "running"


def test_whose_figure_it_is() -> None:
    for name, amount in (("ann", 1_000_00), ("bo", 2_000_00), ("cai", 4_000_00)):
        win(amount, today(), name)
    team: Any = model_of("core.Team")
    north = host().session.scalar(sa.select(team.id).where(team.name == "North"))
    of_team = objective(whose="team", team_id=north, owner_id=user("boss"))
    assert objectives.standing(of_team, []).actual == 3_000
    company = objective(whose="company", owner_id=user("eve"))
    assert objectives.standing(company, []).actual == 7_000
    small = objective(whose="company")
    assert objectives.standing(small, []).actual == 1_000, "a rep sees no more by an objective"


# -- strategies ------------------------------------------------------------------------------


def test_a_strategy_is_reviewed_by_its_figure() -> None:
    with clock_at(at(6, 1)):
        made = strategy(review_on=dt.date(2026, 7, 1), expected_change=15)
        for day, amount in ((dt.date(2026, 5, 10), 100_000_00),):
            win(amount, day)
        host().records.transition(made, "start")
        assert made.baseline == 100_000, "May 2 to 31"
        with pytest.raises(Rejected, match="revise it"):
            host().records.update(made, {"expected_change": 5})
        with pytest.raises(Rejected, match="not begun"):
            host().records.transition(made, "review", {"verdict": "open", "conclusion": "–"})
    with clock_at(at(6, 20)):
        host().records.transition(made, "revise", {"expected_change": 20, "reason": "More people"})
        assert (made.revision, made.expected_change) == (2, 20)
    win(120_000_00, dt.date(2026, 6, 15))
    with clock_at(at(7, 1)):
        found = strategies.result(made)
        assert found is not None and found.effect.change == D("0.2")
        assert found.before == (dt.date(2026, 5, 2), dt.date(2026, 5, 31))
        # May has 19 working days of Chinese calendars from the 2nd on, June 21.
        worked = [host().calendar.work_days(*span) for span in (found.before, found.after)]
        expected = D(120_000) * worked[0] / (D(100_000) * worked[1]) - 1
        assert round(found.effect.per_day, 12) == round(expected, 12)
        host().records.transition(
            made, "end", {"verdict": "worked", "conclusion": "They order more."}
        )
    host().session.flush()
    kept = host().session.scalars(sa.select(Decision).order_by(Decision.id)).all()
    assert [each.kind for each in kept] == ["start", "revise", "end"]
    assert [each.expected_change for each in kept] == [15, 20, 20]
    assert (kept[2].before, kept[2].after, kept[2].change) == (100_000, 120_000, 20)
    assert (kept[2].verdict, made.state, made.ended_on) == ("worked", "ended", dt.date(2026, 7, 1))
    with pytest.raises(Rejected, match="has begun"):
        host().records.delete(made)


def test_a_strategy_counts_only_what_it_names() -> None:
    made = strategy()
    mine, other = (host().records.create(Account, {"name": name}) for name in ("A", "B"))
    link = host().records.create(
        Link,
        {"strategy_id": made.id, "mix": "customers", "about_model": "crm.Account",
         "about_id": mine.id, "narrows": True},
    )  # fmt: skip
    assert link.name == "A"
    for account, amount in ((mine, 10_00), (other, 50_00)):
        deal = host().records.create(
            Opportunity,
            {"name": "Deal", "amount": amount, "account_id": account.id, "owner_id": user("ann")},
        )
        host().records.transition(deal, "win", {"closed_on": days(-5)})
    host().records.transition(made, "start")
    assert made.baseline == 10
    with pytest.raises(Rejected, match="Say what it is"):
        host().records.create(Link, {"strategy_id": made.id})


def test_what_begins_says_what_is_believed() -> None:
    for name in ("hypothesis", "measure", "expected_change", "review_on", "owner_id"):
        made = strategy(**{name: None})
        with pytest.raises(Rejected):
            host().records.transition(made, "start")


# -- templates -------------------------------------------------------------------------------


def template(*steps: dict[str, Any]) -> PlanTemplate:
    made = host().records.create(PlanTemplate, {"name": "New segment"})
    before: int | None = None
    for each in steps:
        given = {"template_id": made.id, **each}
        if each.get("after_id") == "last":
            given["after_id"] = before
        before = host().records.create(TemplateStep, given).id
    return made


def test_a_template_plans_by_days_people_and_shares() -> None:
    role: Any = model_of("core.Role")
    analyst = host().session.scalar(sa.select(role.id).where(role.code == "analyst"))
    made = template(
        {"name": "List", "start_day": 1, "due_day": 3, "who": "role", "role_id": analyst},
        {"name": "Agree", "start_day": 4, "due_day": 4, "who": "manager", "after_id": "last"},
        {"name": "Call", "start_day": 5, "due_day": 12, "share": 60, "work_days": False},
    )
    friday = dt.date(2026, 3, 6)
    with clock_at(at(3, 2)):
        goal, steps = templates.apply(
            made, {"name": "Hospitals", "measure": "crm.won_amount", "goal_amount": 50_000_00},
            friday, user("ann"),
        )  # fmt: skip
    assert [(each.start, each.due) for each in steps] == [
        (friday, dt.date(2026, 3, 10)),
        (dt.date(2026, 3, 11), dt.date(2026, 3, 11)),
        (dt.date(2026, 3, 10), dt.date(2026, 3, 17)),
    ]
    assert [each.owner_id for each in steps] == [user("eve"), user("boss"), user("ann")]
    assert (goal.start, goal.end) == (friday, dt.date(2026, 3, 17))
    assert steps[2].expected_amount == 30_000_00 and fresh(goal).coverage == 60
    link = host().session.scalars(sa.select(Dependency)).one()
    assert (link.step_id, link.before_id) == (steps[1].id, steps[0].id)
    with acting("ann"):
        mine = templates.apply(made, {"name": "Mine"}, friday, user("ann"))[1]
    assert {each.owner_id for each in mine} == {user("ann")}, "a rep plans for nobody else"
    with pytest.raises(Rejected, match="no steps yet"):
        empty = host().records.create(PlanTemplate, {"name": "Empty"})
        templates.apply(empty, {"name": "X"}, friday, user("ann"))


# -- who sees what ---------------------------------------------------------------------------


def test_reps_see_their_own_and_managers_their_people() -> None:
    goal = objective(owner_id=user("boss"))
    mine, theirs = step("Ann's", goal), step("Cai's", owner_id=user("cai"))
    with acting("ann"):
        assert host().records.may(mine, "update")
        assert not host().records.may(goal, "read")
        assert not host().records.may(theirs, "read")
        with pytest.raises(Forbidden):
            host().records.create(Step, {"name": "X", "owner_id": user("bo"), "due": today()})
    with acting("boss"):
        assert host().records.may(mine, "update") and host().records.may(goal, "update")
        assert not host().records.may(theirs, "read")
    with acting("eve"):
        assert host().records.may(theirs, "read") and not host().records.may(theirs, "update")


def test_whoever_has_an_objective_sees_all_of_its_steps() -> None:
    goal = objective()
    boss = step("The boss's", goal, owner_id=user("boss"))
    with acting("ann"):
        assert host().records.may(boss, "read")
