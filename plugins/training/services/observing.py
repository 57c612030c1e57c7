"""Reactions to courses, and whether what they teach is seen at work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from plugin_api import host
from plugin_api.context import current_actor, current_company, gettext, today
from plugin_api.errors import Forbidden, Rejected
from plugin_api.teams import managers
from plugins.training.models import Course, Enrolment, Observation, Reaction
from plugins.training.rules import scoring
from plugins.training.services.kept import kept


def complete_reaction(reaction: Reaction) -> None:
    """Say of which course and by whom. Raises Rejected for a course that is not completed,
    Forbidden for somebody else's."""
    key = (current_company().id, reaction.enrolment_id)
    with host().session.no_autoflush:
        enrolment = host().session.get(Enrolment, key)
    if enrolment is None:
        return
    actor = current_actor()
    if not actor.is_system and enrolment.user_id != actor.user_id:
        raise Forbidden(gettext("Only who took the course says how it was."))
    if enrolment.state != "completed":
        raise Rejected("enrolment", gettext("The course is not completed yet."))
    reaction.user_id, reaction.course_id = enrolment.user_id, enrolment.course_id
    reaction.name, reaction.on = enrolment.name, today()


def look_later(enrolment: Enrolment, course: Course) -> None:
    """Note that somebody is to look for what the course teaches, after its days."""
    points = scoring.lines(course.behaviours)
    if not points:
        return
    host().session.add(
        Observation(
            name=course.name, user_id=enrolment.user_id, course_id=course.id,
            enrolment_id=enrolment.id, points="\n".join(points), of=len(points),
            due_on=today() + dt.timedelta(days=course.behaviour_days),
            observer_id=kept("managers", managers).get(enrolment.user_id),
        )
    )  # fmt: skip
    host().session.flush()


def check_note(row: Observation, values: Mapping[str, Any]) -> None:
    """Refuse what cannot be: more than there is, and looking at oneself."""
    check_other(row, values)
    seen = values.get("seen", row.seen)
    if seen is not None and seen > row.of:
        raise Rejected("seen", gettext("There are %(of)s points.", of=row.of))


def note(row: Observation, values: dict[str, Any]) -> None:
    """Keep what was seen, by whom and when."""
    row.done_on, row.observer_id = today(), current_actor().user_id or row.observer_id
    row.uses = 2 * (values.get("seen") or 0) >= row.of


def check_other(row: Observation, values: Mapping[str, Any]) -> None:
    """Nobody looks at themselves, nor ends it for themselves."""
    if row.user_id == current_actor().user_id:
        raise Forbidden(gettext("Nobody looks at themselves."))


def again(row: Observation, values: dict[str, Any]) -> None:
    """What was seen before counts no more."""
    row.uses, row.done_on = False, None
