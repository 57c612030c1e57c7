"""Coaching plans and development goals: where they start, and what came out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_actor, gettext, today
from plugin_api.errors import Rejected
from plugin_api.periods import check_day
from plugins.training.models import Coaching, Enrolment
from plugins.training.services import figures
from plugins.training.services.skills import level_of


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
        plan.before = figures.of_person(plan.measure, day - span, day, plan.user_id)


TERMS = frozenset(
    ("coach_id", "starts_on", "ends_on", "skill_id", "level", "measure", "goal", "course_id")
)
"""What is agreed in a plan."""


def check_change(plan: Coaching, changes: Mapping[str, tuple[Any, Any]]) -> None:
    """Refuse the same of a change, and another person: what came out is read for whoever ends it,
    so nobody hands a plan of their own to somebody whose figures they do not see. What is agreed
    with a coach is not for the person to change, nor for anybody once the plan has ended."""
    touched = TERMS & changes.keys()
    if touched and plan.state != "open":
        raise Rejected(_field(touched), gettext("It has ended. Go on with it first."))
    if touched and _is_led(plan, changes) and plan.user_id == current_actor().user_id:
        raise Rejected(_field(touched), gettext("It is agreed: your coach or manager changes it."))
    if "user_id" in changes and not current_actor().is_system:
        raise Rejected("user", gettext("A plan stays with its person: make another one."))
    check(plan)


def _is_led(plan: Coaching, changes: Mapping[str, tuple[Any, Any]] | None = None) -> bool:
    """Whether a plan has a coach, or had one before the change."""
    return (changes or {}).get("coach_id", (plan.coach_id,))[0] is not None


def _field(names: Collection[str]) -> str:
    return min(names).removesuffix("_id")


def check_drop(plan: Coaching, values: Mapping[str, Any]) -> None:
    """Raise Rejected for a person who drops what is agreed with a coach."""
    if _is_led(plan) and plan.user_id == current_actor().user_id:
        raise Rejected("", gettext("Your coach or manager ends it."))


def check(plan: Coaching) -> None:
    """Refuse a plan without a goal that can be read, one that ends before it begins, and days that
    nobody means."""
    # As many days before them are asked for too.
    check_day("starts_on", plan.starts_on)
    check_day("ends_on", plan.ends_on)
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


def close(plan: Coaching, values: dict[str, Any]) -> None:
    """Read what came out, and say whether it was reached: all that it names must be."""
    reached = []
    if plan.skill_id is not None:
        plan.level_after = level_of(plan.user_id, plan.skill_id)
        reached.append((plan.level_after or 0) >= (plan.level or 0))
    if plan.measure is not None:
        end = min(plan.ends_on, today())
        plan.after = figures.of_person(plan.measure, plan.starts_on, end, plan.user_id)
        reached.append(plan.after is not None and _is_enough(plan))
    if plan.course_id is not None:
        reached.append(_completed(plan))
    plan.ended_on = today()
    plan.state = "met" if all(reached) else "missed"


def reopen(plan: Coaching, values: dict[str, Any]) -> None:
    """It goes on: what came out is read anew."""
    plan.ended_on = None


def _is_enough(plan: Coaching) -> bool:
    goal, after = plan.goal or Decimal(0), plan.after or Decimal(0)
    measure = figures.measure_of(plan.measure)
    is_down = measure is not None and measure.direction == "down"
    return after <= goal if is_down else after >= goal


def _completed(plan: Coaching) -> bool:
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
