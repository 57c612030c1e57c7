"""Whether a course was worth it: what is said, learnt and used. Results are a page further."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_actor
from plugin_api.models import model_of
from plugins.training.access import EVALUATE
from plugins.training.models import Course, Enrolment, Observation, Reaction
from plugins.training.rules import kirkpatrick
from plugins.training.services.people import reached


@dataclass(frozen=True, slots=True)
class Said:
    """Level 1: averages of what people say, of how many who completed."""

    n: int
    of: int
    overall: Decimal | None
    useful: Decimal | None
    taught: Decimal | None


@dataclass(frozen=True, slots=True)
class Tested:
    """Level 2: tests before and after; of those who completed ``without`` have no test before."""

    learnt: kirkpatrick.Learnt
    without: int


@dataclass(frozen=True, slots=True)
class Seen:
    """Level 3: who uses it at work, of whom was looked at; ``due`` is still to be looked at."""

    uses: int
    of: int
    due: int
    days: int

    @property
    def share(self) -> Decimal | None:
        """In percent."""
        return kirkpatrick.share(self.uses, self.of)


def mine(model: Any) -> list[Any]:
    """Which rows of people the actor may judge courses by."""
    user: Any = model_of("core.User")
    actor = current_actor()
    if actor.is_system or actor.grants.get(EVALUATE) == "company":
        return []
    return [model.user_id.in_(sa.select(user.id).where(reached(EVALUATE, user)))]


def said(course: Course) -> Said:
    """Level 1. Two statements."""
    row = host().session.execute(
        sa.select(
            sa.func.count(Reaction.id), sa.func.sum(Reaction.overall),
            sa.func.sum(Reaction.useful), sa.func.count(Reaction.taught),
            sa.func.sum(Reaction.taught),
        ).where(Reaction.course_id == course.id, *mine(Reaction))
    ).one()  # fmt: skip
    n = int(row[0])
    return Said(n, _completed(course), _mean(row[1], n), _mean(row[2], n), _mean(row[4], row[3]))


def _mean(total: Any, n: int) -> Decimal | None:
    return round(Decimal(int(total)) / n, 2) if n and total is not None else None


def _completed(course: Course) -> int:
    asked = sa.select(sa.func.count(Enrolment.id)).where(
        Enrolment.course_id == course.id, Enrolment.state == "completed", *mine(Enrolment)
    )
    return host().session.scalar(asked) or 0


def tested(course: Course) -> Tested:
    """Level 2. One statement."""
    asked = sa.select(Enrolment.before, Enrolment.after).where(
        Enrolment.course_id == course.id, Enrolment.after.is_not(None),
        Enrolment.state.in_(("completed", "failed")), *mine(Enrolment),
    )  # fmt: skip
    rows = host().session.execute(asked).all()
    pairs = [(row[0], row[1]) for row in rows if row[0] is not None and row[1] is not None]
    return Tested(kirkpatrick.learnt(pairs), len(rows) - len(pairs))


def seen(course: Course) -> Seen:
    """Level 3. One statement."""
    asked = sa.select(Observation.state, Observation.uses, sa.func.count(Observation.id)).where(
        Observation.course_id == course.id, *mine(Observation)
    )
    found = {
        (row[0], row[1]): int(row[2])
        for row in host().session.execute(asked.group_by(Observation.state, Observation.uses))
    }
    uses = found.get(("done", True), 0)
    due = sum(n for (state, _uses), n in found.items() if state == "due")
    of = uses + found.get(("done", False), 0)
    return Seen(uses, of, due, course.behaviour_days)
