"""What pages of training ask for: one's courses, what is offered, how questions did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.models.base import TITLE_KEY
from plugins.training.models import (
    Attempt,
    Certificate,
    Course,
    Enrolment,
    Item,
    Path,
    PathStep,
    Question,
)
from plugins.training.models.enrolments import OPEN
from plugins.training.rules import items

BY_NAME: Any = getattr(Course, TITLE_KEY)
MOST = 50
OFFERED = 12


def enrolments(user_id: int) -> list[Enrolment]:
    """Somebody's courses that the actor may see: open ones by the day they are due, then the
    latest others. One statement."""
    asked = (
        sa.select(Enrolment)
        .where(Enrolment.user_id == user_id, host().records.visible(Enrolment))
        .order_by(
            sa.case((Enrolment.state.in_(OPEN), 0), else_=1),
            Enrolment.due_on.is_(None), Enrolment.due_on, Enrolment.enrolled_on.desc(),
            Enrolment.id.desc(),
        )
        .limit(MOST)
    )  # fmt: skip
    return list(host().session.scalars(asked))


def certificates(user_id: int) -> list[Certificate]:
    """Somebody's certificates, the latest first. One statement."""
    asked = sa.select(Certificate).where(
        Certificate.user_id == user_id, host().records.visible(Certificate)
    )
    order = asked.order_by(Certificate.issued_on.desc(), Certificate.id.desc()).limit(MOST)
    return list(host().session.scalars(order))


def offered(user_id: int, skill_ids: Sequence[int]) -> list[Course]:
    """Courses that are open to all and that somebody is not in: those that bring a skill that the
    person is short of first. One statement."""
    taken = sa.select(Enrolment.course_id).where(
        Enrolment.user_id == user_id, Enrolment.state.in_((*OPEN, "completed"))
    )
    asked = sa.select(Course).where(
        Course.active, Course.open, Course.id.not_in(taken), host().records.visible(Course)
    )
    first = sa.case((Course.skill_id.in_(list(skill_ids) or [0]), 0), else_=1)
    return list(host().session.scalars(asked.order_by(first, BY_NAME, Course.id).limit(OFFERED)))


def paths_of(user_id: int) -> Mapping[str, tuple[int, int]]:
    """Somebody's paths: name → courses completed, courses in all. One statement."""
    rows = host().session.execute(
        sa.select(
            Path.name, sa.func.count(sa.distinct(PathStep.course_id)),
            sa.func.count(
                sa.distinct(sa.case((Enrolment.state == "completed", PathStep.course_id)))
            ),
        )
        .join(PathStep, PathStep.path_id == Path.id)
        .outerjoin(
            Enrolment,
            sa.and_(Enrolment.course_id == PathStep.course_id, Enrolment.user_id == user_id),
        )
        .where(
            Path.id.in_(
                sa.select(Enrolment.path_id).where(
                    Enrolment.user_id == user_id, Enrolment.path_id.is_not(None)
                )
            )
        )
        .group_by(Path.id, Path.name)
        .order_by(Path.name)
    )  # fmt: skip
    return {row[0]: (int(row[2]), int(row[1])) for row in rows}


@dataclass(frozen=True, slots=True)
class Figures:
    """How a question does: see :mod:`plugins.training.rules.items`."""

    id: int
    text: str
    active: bool
    n: int
    difficulty: float | None
    discrimination: float | None
    verdict: str


def questions(quiz_id: int) -> list[Figures]:
    """The questions of a quiz with what all attempts handed in say of them, those before a course
    left out. One statement however many attempts there are; sums are exact."""
    right = sa.case((Item.got == Item.points, 1), else_=0)
    whole = (
        sa.select(
            Item.attempt_id.label("attempt_id"), sa.func.sum(Item.got).label("got"),
            sa.func.sum(Item.points).label("points"),
        )
        .join(Attempt, Attempt.id == Item.attempt_id)
        .where(
            Attempt.quiz_id == quiz_id, Attempt.purpose == "test",
            Attempt.handed_in_at.is_not(None),
        )
        .group_by(Item.attempt_id)
        .subquery()
    )  # fmt: skip
    # In hundredths of the rest's points, whole numbers: a float would round on the way.
    points = whole.c.points - Item.points
    of = sa.case(
        (points > 0, (whole.c.got - Item.got) * 10000 // sa.func.nullif(points, 0)), else_=0
    )
    rows = host().session.execute(
        sa.select(
            Item.source_id, sa.func.count(Item.id), sa.func.sum(right), sa.func.sum(of),
            sa.func.sum(right * of), sa.func.sum(of * of),
        )
        .join(whole, whole.c.attempt_id == Item.attempt_id)
        .group_by(Item.source_id)
    )  # fmt: skip
    sums = {row[0]: items.Sums(*(int(each) for each in row[1:])) for row in rows}
    bank = sa.select(Question.id, Question.name, Question.active).where(Question.quiz_id == quiz_id)
    none = items.Sums(0, 0, 0, 0, 0)
    return [_figures(row, sums.get(row[0], none)) for row in
            host().session.execute(bank.order_by(Question.id))]  # fmt: skip


def _figures(row: Any, sums: items.Sums) -> Figures:
    return Figures(
        row[0], row[1], row[2], sums.n, items.difficulty(sums), items.discrimination(sums),
        items.verdict(sums),
    )  # fmt: skip
