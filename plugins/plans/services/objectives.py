"""Objectives: their gap, what their steps carry of it, and how they end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_company, gettext, now, today
from plugin_api.errors import Rejected
from plugin_api.figures import measure_of
from plugin_api.money import from_minor
from plugins.plans.models import Objective, Step
from plugins.plans.services import figures, targets
from plugins.plans.services.coverage import Coverage, Part, cover
from plugins.plans.services.days import year_before

OPEN = ("draft", "running")
STORED = ("gap", "expected", "realised", "coverage", "covered")
MOST = Decimal(10) ** 12
"""A coverage beyond it, in percent, says nothing."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an objective stands, in units that people read."""

    goal: Decimal | None
    baseline: Decimal | None
    actual: Decimal | None
    unit: str
    coverage: Coverage


def goal_of(objective: Objective) -> Decimal | None:
    """The goal in units that people read; None for none."""
    if objective.goal_amount is not None:
        return from_minor(objective.goal_amount, current_company().currency)
    return objective.goal_quantity


def parts_of(ids: Collection[int], without: int | None = None) -> Mapping[int, list[Part]]:
    """What the steps of objectives are to bring and have brought, whoever looks: a sum that leaves
    out what somebody may not see would be another figure. One statement."""
    made: dict[int, list[Part]] = defaultdict(list)
    if not ids:
        return made
    asked = sa.select(
        Step.objective_id, Step.state, Step.expected_amount, Step.expected_quantity,
        Step.realised_amount, Step.realised_quantity,
    ).where(Step.objective_id.in_(ids))  # fmt: skip
    if without is not None:
        asked = asked.where(Step.id != without)
    for id_, state, amount, quantity, got, got_quantity in host().session.execute(asked):
        made[id_ or 0].append(Part(state, _either(amount, quantity), _either(got, got_quantity)))
    return made


def _either(amount: int | None, quantity: Decimal | None) -> Decimal | None:
    return quantity if amount is None else from_minor(amount, current_company().currency)


def standing(objective: Objective, parts: Sequence[Part]) -> Standing:
    """Where an objective stands today, as its owner may see it. Two statements for figures."""
    goal = goal_of(objective)
    with figures.as_owner(objective.owner_id):
        measure = measure_of(objective.measure)
        narrowed = targets.narrowing(objective)
        if measure is None or narrowed is None:
            unknown = cover(goal, objective.baseline, objective.final, parts)
            return Standing(goal, objective.baseline, objective.final, "number", unknown)
        whose = figures.whose(objective.whose, objective.owner_id, objective.team_id)
        filters = {**whose, **narrowed}
        actual = objective.final
        if actual is None:
            actual = figures.figure(measure, objective.start, objective.end, filters)
        baseline = objective.baseline
        if baseline is None and objective.basis == "so_far":
            baseline = actual
        elif baseline is None:
            days = year_before(objective.start), year_before(objective.end)
            baseline = figures.figure(measure, *days, filters)
    counted = cover(goal, baseline, actual, parts)
    return Standing(goal, baseline, actual, measure.unit, counted)


def complete(objective: Objective, changes: Collection[str] = ()) -> None:
    """Make what an objective says agree, link its target, and count. Raises Rejected."""
    if objective.end < objective.start:
        raise Rejected("end", gettext("It ends before it starts."))
    if objective.whose == "team" and objective.team_id is None:
        raise Rejected("team", gettext("Say which team."))
    if objective.whose != "team":
        objective.team_id = None
    if objective.whose == "owner" and objective.owner_id is None:
        raise Rejected("owner", gettext("Say whose figure it is."))
    _link_target(objective, changes)
    _check_goal(objective)
    if objective.state in OPEN and (objective.id is None or set(changes) - set(STORED)):
        if set(changes) & {"measure", "start", "end", "whose", "team_id", "owner_id", "basis"}:
            # What was kept is of another figure.
            objective.baseline = None
            if objective.state == "running":
                objective.baseline = standing(objective, []).baseline
        count(objective)


def _link_target(objective: Objective, changes: Collection[str]) -> None:
    new = objective.id is None
    if (new or "target_id" in changes) and objective.target_id is not None:
        goal = targets.named(objective.target_id)
        objective.measure = objective.measure or goal.measure
        if goal.measure != objective.measure:
            raise Rejected("target_id", gettext("This target is on another measure."))
        targets.take(objective, goal)
    elif objective.target_id is None:
        objective.target, objective.narrowed = None, False
        said = objective.goal_amount is not None or objective.goal_quantity is not None
        if new and not said and (found := targets.fitting(objective)) is not None:
            targets.take(objective, found)


def _check_goal(objective: Objective) -> None:
    if objective.goal_amount is not None and objective.goal_quantity is not None:
        raise Rejected("goal_quantity", gettext("Either an amount or a quantity, not both."))
    measure = measure_of(objective.measure)
    if measure is None:
        return
    if measure.unit == "money" and objective.goal_quantity is not None:
        raise Rejected("goal_quantity", gettext("A measure of money has an amount."))
    if measure.unit != "money" and objective.goal_amount is not None:
        raise Rejected("goal_amount", gettext("Only a measure of money has an amount."))


def count(objective: Objective) -> Standing:
    """Put on an objective what is counted now."""
    known = objective.id is not None
    parts = parts_of([objective.id])[objective.id] if known else []
    found = standing(objective, parts)
    for name, value in stored(found.coverage).items():
        setattr(objective, name, value)
    objective.counted_at = now()
    return found


def stored(found: Coverage) -> dict[str, Any]:
    """What an objective holds of its coverage."""
    share = None if found.share is None else min(found.share * 100, MOST)
    return {
        "gap": found.gap, "expected": found.expected, "realised": found.realised,
        "coverage": share, "covered": found.covered,
    }  # fmt: skip


def recount(ids: Collection[int | None], without: int | None = None) -> None:
    """Count anew what steps carry of gaps that are known: their steps have changed. Two
    statements, and one for each objective; its version stays, since nobody has edited it."""
    wanted = {id_ for id_ in ids if id_ is not None}
    if not wanted:
        return
    session = host().session
    session.flush()
    parts = parts_of(wanted, without)
    asked = sa.select(Objective).where(Objective.id.in_(wanted), Objective.state.in_(OPEN))
    for objective in session.scalars(asked).all():
        gap = objective.gap
        found = cover(gap, None if gap is None else Decimal(0), None, parts[objective.id])
        _write(objective, stored(found))


def _write(objective: Objective, values: Mapping[str, Any]) -> None:
    changed = {name: value for name, value in values.items() if getattr(objective, name) != value}
    if not changed:
        return
    session = host().session
    session.execute(
        sa.update(Objective).where(Objective.id == objective.id).values(**changed),
        execution_options={"synchronize_session": False},
    )
    session.expire(objective, list(changed))


def count_all() -> int:
    """Follow targets and count all that is open, for the night; how many have changed."""
    asked = sa.select(Objective).where(Objective.state.in_(OPEN)).order_by(Objective.id)
    found = list(host().session.scalars(asked))
    parts = parts_of([each.id for each in found])
    changed = 0
    for number, objective in enumerate(found):
        host().jobs.progress(number, len(found))
        before = {name: getattr(objective, name) for name in STORED}
        _write(objective, targets.news(objective))
        values = stored(standing(objective, parts[objective.id]).coverage)
        _write(objective, {**values, "counted_at": now()})
        changed += values != before
    return changed


def check_start(objective: Objective, values: Mapping[str, Any]) -> None:
    """What runs has somebody and a goal. Raises Rejected."""
    if objective.owner_id is None:
        raise Rejected("owner", gettext("Say who answers for it."))
    if objective.measure is None or goal_of(objective) is None:
        raise Rejected("goal_amount", gettext("Say what is to be reached: a measure and a goal."))


def start(objective: Objective, values: dict[str, Any]) -> None:
    """Keep what is there without the steps, and what each step promises, from now on."""
    objective.baseline = standing(objective, []).baseline
    session = host().session
    session.execute(
        sa.update(Step).where(Step.objective_id == objective.id).values(promised=Step.due),
        execution_options={"synchronize_session": False},
    )
    for each in session.identity_map.values():
        if isinstance(each, Step):
            session.expire(each, ["promised"])


def check_close(objective: Objective, values: Mapping[str, Any]) -> None:
    """It is over, or reached. Raises Rejected."""
    found = standing(objective, [])
    reached = found.goal is not None and found.actual is not None and found.actual >= found.goal
    if not reached and objective.end >= today():
        raise Rejected(
            "", gettext("It runs up to its last day: until then it is reached, or dropped.")
        )


def close(objective: Objective, values: dict[str, Any]) -> None:
    """Keep the figure, and say whether the goal was reached."""
    found = count(objective)
    objective.final = found.actual
    reached = found.goal is not None and found.actual is not None and found.actual >= found.goal
    objective.state = "reached" if reached else "missed"


def reopen(objective: Objective, values: dict[str, Any]) -> None:
    """Go on after all."""
    objective.final = None
    objective.state = "running" if objective.baseline is not None else "draft"
