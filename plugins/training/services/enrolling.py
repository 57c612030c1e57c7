"""Enrolling people in courses, and what an enrolment comes to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_actor, gettext, today
from plugin_api.errors import Forbidden, Rejected
from plugins.training.access import ENROL
from plugins.training.models import Course, Enrolment
from plugins.training.services import kept

_origin: ContextVar[tuple[str, int | None]] = ContextVar("training.origin", default=("", None))


@contextmanager
def by(origin: str, path_id: int | None = None) -> Iterator[None]:
    """Enrolments that are made inside come about by a ``rule`` or a ``path``."""
    token = _origin.set((origin, path_id))
    try:
        yield
    finally:
        _origin.reset(token)


def read_open(enrolments: Sequence[Enrolment]) -> None:
    """Read at once which courses these people are in. One statement a thousand people."""
    people = sorted({each.user_id for each in enrolments})
    found = set[tuple[int, int]]()
    with host().session.no_autoflush:
        for start in range(0, len(people), 1000):
            asked = sa.select(Enrolment.user_id, Enrolment.course_id).where(
                Enrolment.user_id.in_(people[start : start + 1000]), Enrolment.is_open.is_(True)
            )
            found |= {(row[0], row[1]) for row in host().session.execute(asked)}
    kept.put("open", found)


def complete(enrolment: Enrolment) -> None:
    """Name an enrolment and say how it came about. Raises Rejected for a course that is not
    offered, one that the person is in already, and one that is not for who likes."""
    course = kept.courses().get(enrolment.course_id)
    if course is None or not course.active:
        raise Rejected("course", gettext("This course is not offered."))
    actor = current_actor()
    alone = enrolment.user_id == actor.user_id and actor.grants.get(ENROL) == "own"
    if alone and not course.open:
        raise Forbidden(gettext("Ask your manager for this course: it is not open to all."))
    taken: set[tuple[int, int]] = kept.kept("open", set)
    pair = (enrolment.user_id, enrolment.course_id)
    if pair in taken:
        raise Rejected("course", gettext("This person is in the course already."))
    taken.add(pair)
    own = "self" if enrolment.user_id == actor.user_id else "given"
    origin, path_id = _origin.get()
    enrolment.origin, enrolment.path_id = origin or own, path_id
    enrolment.name = course.name
    enrolment.enrolled_on = today()
    enrolment.cost = course.cost
    enrolment.is_open = True


def check(enrolment: Enrolment, changes: Sequence[str]) -> None:
    """Whose enrolment in what it is stays."""
    if {"user_id", "course_id"} & set(changes):
        raise Rejected("course", gettext("Cancel it, and enrol anew."))


def check_course(course: Course) -> None:
    """Refuse what makes no sense. Raises Rejected."""
    if (course.level is None) != (course.skill_id is None):
        raise Rejected(
            "level" if course.level is None else "skill",
            gettext("A skill and the level reached belong together."),
        )
    if course.pretest and course.quiz_id is None:
        raise Rejected("quiz", gettext("A test before needs a test."))
    if course.valid_months is not None and not course.certificate:
        raise Rejected("valid_months", gettext("Only a certificate can expire."))


def tell(enrolments: Sequence[Enrolment]) -> None:
    """Tell people that others have enrolled them."""
    for each in enrolments:
        if each.origin != "self":
            text = gettext("You are enrolled: %(name)s", name=each.name)
            host().remind(each, [each.user_id], text)
