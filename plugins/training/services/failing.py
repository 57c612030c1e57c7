"""Who failed an item by which somebody else has judged them, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_company, gettext, today
from plugin_api.errors import Rejected
from plugin_api.models import model_of
from plugins.training.models import Coaching, Course, Observation, Rule

TARGETS = "targets"


@dataclass(frozen=True, slots=True)
class Failed:
    """On which day somebody failed an item, and what it was, in words."""

    on: dt.date
    reason: str


def check(rule: Rule) -> None:
    """Refuse a rule that does not say which item. Raises Rejected."""
    if rule.item is None:
        raise Rejected("item", gettext("Say which item of an appraisal."))
    if rule.item == "observation" and (rule.observed_id or rule.course_id) is None:
        raise Rejected("observed", gettext("Name the course that is looked for at work."))
    if rule.item == "target" and rule.threshold is None:
        raise Rejected("threshold", gettext("Say below which attainment: 0.8 is 80 %."))


def failed(rule: Rule) -> Mapping[int, Failed]:
    """Person → the last item of the rule that they failed within its days. One statement, and one
    for the course where plans of its skill are asked for."""
    first = today() - dt.timedelta(days=rule.days - 1)
    match rule.item:
        case "observation":
            return _observed(rule, first)
        case "coaching":
            return _coached(rule, first)
        case "target" if host().is_enabled(TARGETS):
            return _missed(rule, first)
    return {}


def _observed(rule: Rule, first: dt.date) -> dict[int, Failed]:
    """Less than half of what a course teaches was seen at work, when it was looked for last."""
    row = Observation
    asked = sa.select(row.user_id, row.done_on, row.uses, row.seen, row.of, row.name).where(
        row.course_id == (rule.observed_id or rule.course_id), row.state == "done",
        row.done_on >= first,
    )  # fmt: skip
    found: dict[int, Failed] = {}
    for user_id, on, uses, seen, of, name in host().session.execute(
        asked.order_by(row.done_on, row.id)
    ):
        words = gettext(
            "%(name)s: %(seen)s of %(of)s seen at work", name=name, seen=seen or 0, of=of
        )
        found[user_id] = Failed(on or first, str(words))
        if uses:
            del found[user_id]
    return found


def _coached(rule: Rule, first: dt.date) -> dict[int, Failed]:
    """A coaching plan was not reached; of the course's skill, where it brings one."""
    asked = sa.select(Coaching.user_id, Coaching.ended_on, Coaching.name).where(
        Coaching.state == "missed", Coaching.ended_on >= first
    )
    course = rule.course_id and host().session.get(Course, (current_company().id, rule.course_id))
    if course and course.skill_id is not None:
        asked = asked.where(Coaching.skill_id == course.skill_id)
    return {
        user_id: Failed(on or first, str(gettext("not reached: %(name)s", name=name)))
        for user_id, on, name in host().session.execute(
            asked.order_by(Coaching.ended_on, Coaching.id)
        )
    }


def _missed(rule: Rule, first: dt.date) -> dict[int, Failed]:
    """A target of a period that was closed came to less than the threshold. Of those that the
    actor may read."""
    shot: Any = model_of("targets.Snapshot")
    closing: Any = model_of("targets.Closing")
    day = host().local_day(closing.at)
    asked = (
        sa.select(shot.user_id, day, shot.name, shot.attainment)
        .join(closing, closing.id == shot.closing_id)
        .where(
            closing.state == "closed", shot.user_id.is_not(None), day >= first,
            shot.attainment < (rule.threshold or Decimal(0)) * 100,
            host().records.visible(shot),
        )
    )  # fmt: skip
    if rule.measure is not None:
        asked = asked.where(shot.measure == rule.measure)
    found: dict[int, Failed] = {}
    for user_id, on, name, came in host().session.execute(asked.order_by(day, shot.id)):
        words = gettext("%(name)s: %(share)s %% attained", name=name, share=f"{round(came, 1):,f}")
        found[user_id] = Failed(on, str(words))
    return found
