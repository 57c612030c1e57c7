"""A course as somebody takes it: lessons done, what is still missing, and the end of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import (
    SYSTEM,
    acting_as,
    current_actor,
    current_company,
    gettext,
    now,
    today,
)
from plugin_api.errors import Forbidden, NotFound, Rejected
from plugin_api.models import model_of
from plugin_api.periods import months_later
from plugins.training.models import Certificate, Course, Enrolment, Lesson, Progress, Quiz
from plugins.training.models.enrolments import OPEN
from plugins.training.rules import scoring
from plugins.training.services import attending, figures, observing, skills, testing


@dataclass(frozen=True, slots=True)
class Part:
    """A lesson as the learner has it. Of an exercise ``figure`` is how far it is; None where
    nothing measures it, so that it holds nobody up."""

    lesson: Lesson
    done: bool
    ticks: frozenset[int] = frozenset()
    points: tuple[str, ...] = ()
    figure: Decimal | None = None

    @property
    def holds(self) -> bool:
        """Whether the course is not completed without it, and it is not done."""
        return self.lesson.required and not self.done


@dataclass(frozen=True, slots=True)
class Standing:
    """How far somebody is in a course."""

    course: Course
    quiz: Quiz | None
    parts: tuple[Part, ...]
    tries: testing.Tries
    attended: bool = True
    """Whether who must was in a session."""

    @property
    def needs_pretest(self) -> bool:
        """Whether the test before comes first."""
        before = self.tries.before
        return self.course.pretest and (before is None or before.handed_in_at is None)

    @property
    def share(self) -> float:
        """Of 1: the lessons that are required and the test."""
        steps = [part.done for part in self.parts if part.lesson.required]
        steps += [self.tries.passed] if self.quiz else []
        steps += [self.attended] if self.course.needs_session else []
        return sum(steps) / len(steps) if steps else 1.0


def standing(enrolment: Enrolment) -> Standing:
    """How far it is, in a few statements and one for each exercise that is not done."""
    session = host().session
    course = session.get_one(Course, (enrolment.company_id, enrolment.course_id))
    quiz = session.get(Quiz, (course.company_id, course.quiz_id)) if course.quiz_id else None
    lessons = sa.select(Lesson).where(Lesson.course_id == course.id)
    asked = sa.select(Progress).where(Progress.enrolment_id == enrolment.id)
    done = {each.lesson_id: each for each in session.scalars(asked)}
    parts = tuple(
        _part(lesson, done.get(lesson.id), enrolment)
        for lesson in session.scalars(lessons.order_by(Lesson.position, Lesson.id))
    )
    attended = not course.needs_session or attending.was_there(enrolment)
    return Standing(course, quiz, parts, testing.tries(enrolment, quiz), attended)


def _part(lesson: Lesson, kept: Progress | None, enrolment: Enrolment) -> Part:
    done = kept is not None and kept.done_at is not None
    points = tuple(scoring.lines(lesson.body)) if lesson.kind == "checklist" else ()
    figure = None
    if lesson.kind == "exercise" and not done:
        figure = _figure(lesson, enrolment)
    ticks = frozenset(kept.ticks) if kept else frozenset[int]()
    return Part(lesson, done, ticks, points, figure)


def _figure(lesson: Lesson, enrolment: Enrolment) -> Decimal | None:
    """The learner's own figure since enrolling; None where no plugin that is on publishes it."""
    found = figures.of_people(lesson.measure, enrolment.enrolled_on, today(), [enrolment.user_id])
    return None if found is None else found.get(enrolment.user_id, Decimal(0))


def do(enrolment: Enrolment, lesson: Lesson, ticked: Collection[int]) -> None:
    """Note a lesson as done: a checklist by its points, an exercise by the figure. Raises
    Rejected with what is missing, Forbidden for somebody else's."""
    _refuse_others(enrolment)
    if lesson.course_id != enrolment.course_id:
        raise NotFound("")
    testing.locked(enrolment)
    if enrolment.state not in OPEN:
        raise Rejected("", gettext("This enrolment is over."))
    at = standing(enrolment)
    if at.needs_pretest:
        raise Rejected("", gettext("First comes the test before the course."))
    part = next(each for each in at.parts if each.lesson.id == lesson.id)
    kept = _kept(enrolment, lesson)
    is_done = True
    if lesson.kind == "checklist":
        kept.ticks = sorted({each for each in ticked if 0 <= each < len(part.points)})
        is_done = len(kept.ticks) == len(part.points)
    elif lesson.kind == "exercise" and part.figure is not None and not part.done:
        least = lesson.at_least or Decimal(0)
        if part.figure < least:
            raise Rejected(
                "",
                gettext("So far it is %(figure)s of %(least)s.", figure=f"{part.figure:,f}",
                        least=f"{least:,f}"),
            )  # fmt: skip
    kept.done_at = (kept.done_at or now()) if is_done else None
    host().session.flush()
    begun(enrolment)
    finish(enrolment)


def _kept(enrolment: Enrolment, lesson: Lesson) -> Progress:
    asked = sa.select(Progress).where(
        Progress.enrolment_id == enrolment.id, Progress.lesson_id == lesson.id
    )
    found = host().session.scalars(asked).first()
    if found is None:
        found = Progress(enrolment_id=enrolment.id, lesson_id=lesson.id, ticks=[])
        host().session.add(found)
    return found


def _refuse_others(enrolment: Enrolment) -> None:
    if enrolment.user_id != current_actor().user_id:
        raise Forbidden(gettext("Only who is enrolled does its lessons."))


def begun(enrolment: Enrolment) -> None:
    """Note that somebody has begun."""
    if enrolment.state == "assigned":
        with acting_as(current_company(), SYSTEM):
            host().records.transition(enrolment, "start")


def missing(enrolment: Enrolment, at: Standing | None = None) -> list[str]:
    """What an enrolment waits for, in words; empty when it is complete."""
    at = at or standing(enrolment)
    found = [part.lesson.name for part in at.parts if part.holds]
    if at.quiz is not None and not at.tries.passed:
        found.append(at.quiz.name)
    if not at.attended:
        found.append(gettext("being at a session"))
    return found


def finish(enrolment: Enrolment) -> None:
    """End an enrolment that has come to its end: completed, or no attempt is left."""
    if enrolment.state not in OPEN:
        return
    at = standing(enrolment)
    out = at.tries.left == 0 and not at.tries.passed and at.tries.running is None
    with acting_as(current_company(), SYSTEM):
        if at.quiz is not None and out:
            host().records.transition(enrolment, "fail")
        elif not missing(enrolment, at):
            host().records.transition(enrolment, "complete")


def completed(enrolment: Enrolment) -> None:
    """What follows from completing a course: a rating, a certificate, a look at work later."""
    course = host().session.get_one(Course, (enrolment.company_id, enrolment.course_id))
    if course.skill_id is not None and course.level is not None:
        skills.rate_for_course(enrolment.user_id, course.skill_id, course.level, course.name)
    if course.certificate:
        _certify(enrolment, course)
    observing.look_later(enrolment, course)


def _certify(enrolment: Enrolment, course: Course) -> None:
    day = today()
    number = host().numbers(f"training.certificate.{day.year}")[0]
    months = course.valid_months
    host().session.add(
        Certificate(
            name=course.name, number=f"{day.year}-{number:05d}", user_id=enrolment.user_id,
            course_id=course.id, enrolment_id=enrolment.id, issued_on=day,
            expires_on=months_later(day, months) - dt.timedelta(days=1) if months else None,
            score=enrolment.after,
        )
    )  # fmt: skip
    host().session.flush()


def files_of(lesson: Lesson) -> Sequence[Any]:
    """Number and name of each file of a lesson. One statement."""
    attachment: Any = model_of("core.Attachment")
    asked = sa.select(attachment.id, attachment.name).where(
        attachment.model == Lesson.model_key(), attachment.record_id == lesson.id
    )
    return host().session.execute(asked.order_by(attachment.id)).all()
