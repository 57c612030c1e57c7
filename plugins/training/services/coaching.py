"""Coaching plans and development goals: where they start, and what came out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import SYSTEM, acting_as, current_actor, current_company, gettext, today
from plugin_api.errors import Refused, Rejected
from plugin_api.measures import Measure
from plugin_api.money import from_minor
from plugins.training.models import Coaching, Rating

YEARS = range(1950, 2201)
"""Of the days of a plan: as many days before them are asked for too."""


def complete(plan: Coaching) -> None:
    """Note where it starts. Raises Rejected for what makes no sense."""
    check(plan)
    if plan.coach_id is None and plan.user_id != current_actor().user_id:
        plan.coach_id = current_actor().user_id
    if plan.skill_id is not None:
        plan.level_before = level_of(plan.user_id, plan.skill_id)
    if plan.measure is not None:
        span = plan.ends_on - plan.starts_on
        day = plan.starts_on - dt.timedelta(days=1)
        plan.before = figure_of(plan.user_id, plan.measure, day - span, day)


def check_change(plan: Coaching, changes: Collection[str]) -> None:
    """Refuse the same of a change, and another person: what came out is read for whoever ends it,
    so nobody hands a plan of their own to somebody whose figures they do not see."""
    if "user_id" in changes and not current_actor().is_system:
        raise Rejected("user", gettext("A plan stays with its person: make another one."))
    check(plan)


def check(plan: Coaching) -> None:
    """Refuse a plan without a goal that can be read, one that ends before it begins, and days that
    nobody means."""
    for name in ("starts_on", "ends_on"):
        if getattr(plan, name).year not in YEARS:
            raise Rejected(name, gettext("This is too early or too late."))
    if plan.ends_on < plan.starts_on:
        raise Rejected("ends_on", gettext("It ends before it begins."))
    if plan.coach_id is not None and plan.coach_id == plan.user_id:
        raise Rejected("coach", gettext("Nobody coaches themselves."))
    for first, second in (("skill_id", "level"), ("measure", "goal")):
        if (getattr(plan, first) is None) != (getattr(plan, second) is None):
            name = (second if getattr(plan, second) is None else first).removesuffix("_id")
            raise Rejected(name, gettext("What is worked on, and to where, belong together."))
    if plan.skill_id is None and plan.measure is None and plan.course_id is None:
        raise Rejected("skill", gettext("Name a skill, a figure or a course to reach."))


def level_of(user_id: int, skill_id: int) -> int | None:
    """How far others or a course find somebody in a skill. One statement."""
    asked = sa.select(Rating.level).where(
        Rating.user_id == user_id, Rating.skill_id == skill_id, Rating.current,
        Rating.source != "self",
    )  # fmt: skip
    return host().session.scalar(asked)


def figure_of(user_id: int, measure: str, start: dt.date, end: dt.date) -> Decimal | None:
    """Somebody's own figure, money in major units; None where nothing publishes it, or there is
    nothing to divide by."""
    with acting_as(current_company(), SYSTEM):
        try:
            kind = host().measures.get(measure)
            snapshot = isinstance(kind, Measure) and kind.snapshot
            days = (None, None) if snapshot else (start, end)
            found = host().measures.value(measure, days[0], days[1], {"user": user_id})
        except Refused:
            return None
    if found is not None and kind.unit == "money":
        return from_minor(int(found), current_company().currency)
    return found


def close(plan: Coaching, values: dict[str, Any]) -> None:
    """Read what came out, and say whether it was reached: all that it names must be."""
    reached = []
    if plan.skill_id is not None:
        plan.level_after = level_of(plan.user_id, plan.skill_id)
        reached.append((plan.level_after or 0) >= (plan.level or 0))
    if plan.measure is not None:
        end = min(plan.ends_on, today())
        plan.after = figure_of(plan.user_id, plan.measure, plan.starts_on, end)
        reached.append(plan.after is not None and _is_enough(plan))
    if plan.course_id is not None:
        reached.append(_completed(plan))
    plan.state = "met" if all(reached) else "missed"


def _is_enough(plan: Coaching) -> bool:
    goal, after = plan.goal or Decimal(0), plan.after or Decimal(0)
    try:
        down = host().measures.get(plan.measure or "").direction == "down"
    except Refused:
        down = False
    return after <= goal if down else after >= goal


def _completed(plan: Coaching) -> bool:
    from plugins.training.models import Enrolment

    asked = sa.select(Enrolment.id).where(
        Enrolment.user_id == plan.user_id, Enrolment.course_id == plan.course_id,
        Enrolment.state == "completed",
    )  # fmt: skip
    return host().session.scalars(asked.limit(1)).first() is not None


def check_close(plan: Coaching, values: Mapping[str, Any]) -> None:
    """Nobody says of themselves that they have reached it, nor anybody before it has begun."""
    actor = current_actor()
    if plan.user_id == actor.user_id:
        raise Rejected("", gettext("Your coach or manager ends it."))
    if plan.starts_on > today():
        raise Rejected("", gettext("It has not begun yet."))
