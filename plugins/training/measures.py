"""How much is learnt, and how well."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.measures import Dimension, Measure, Ratio
from plugins.training.models import Attempt, Certificate, Course, Enrolment
from plugins.training.models.common import AREAS
from plugins.training.models.enrolments import ORIGINS

ONE = sa.literal_column("1", type_=sa.Integer())
DIMENSIONS = {
    "course": Dimension(label=_("Course"), target="training.Course"),
    "area": Dimension(
        label=lazy_pgettext("training", "Area"),
        labels={each.value: each.label for each in AREAS},
    ),
    "origin": Dimension(
        label=_("Enrolled"), labels={each.value: each.label for each in ORIGINS}
    ),
}  # fmt: skip


def _enrolments(on: Any, value: Any, *where: Any) -> sa.Select[Any]:
    return (
        sa.select(
            on.label("on"), value.label("value"), Enrolment.user_id.label("user_id"),
            Enrolment.id.label("record_id"), Enrolment.course_id.label("course"),
            Course.area.label("area"), Enrolment.origin.label("origin"),
        )
        .join(Course, Course.id == Enrolment.course_id)
        .where(on.is_not(None), *where)
    )  # fmt: skip


def _tests(value: Any, *where: Any) -> sa.Select[Any]:
    asked: Any = (
        sa.select(
            Attempt.on.label("on"), value.label("value"), Attempt.user_id.label("user_id"),
            Attempt.id.label("record_id"), Attempt.quiz_id.label("quiz"),
        )
        .where(Attempt.handed_in_at.is_not(None), Attempt.purpose == "test", *where)
    )  # fmt: skip
    return asked  # type: ignore[no-any-return]


def _certificates() -> sa.Select[Any]:
    asked: Any = sa.select(
        Certificate.issued_on.label("on"), ONE.label("value"),
        Certificate.user_id.label("user_id"), Certificate.id.label("record_id"),
        Certificate.course_id.label("course"),
    )  # fmt: skip
    return asked  # type: ignore[no-any-return]


QUIZ = {"quiz": Dimension(label=_("Quiz"), target="training.Quiz")}
MEASURES: tuple[Measure | Ratio, ...] = (
    Measure(
        key="training.enrolled", label=_("Enrolments in courses"), unit="count",
        model="training.Enrolment", facts=lambda: _enrolments(Enrolment.enrolled_on, ONE),
        dimensions=DIMENSIONS, description=_("Whoever was enrolled, on that day."),
    ),
    Measure(
        key="training.completed", label=_("Courses completed"), unit="count",
        model="training.Enrolment",
        facts=lambda: _enrolments(Enrolment.completed_on, ONE, Enrolment.state == "completed"),
        dimensions=DIMENSIONS, description=_("Courses that people have completed, on that day."),
    ),
    Measure(
        key="training.cost", label=_("Cost of training"), unit="money", direction="down",
        model="training.Enrolment",
        facts=lambda: _enrolments(
            Enrolment.enrolled_on, Enrolment.cost, Enrolment.cost.is_not(None),
            Enrolment.state != "cancelled",
        ),
        dimensions=DIMENSIONS, fields=("cost",),
        description=_("Cost for each person, on the day of enrolling; cancelled ones cost"
                      " nothing."),
    ),
    Measure(
        key="training.tests", label=_("Tests handed in"), unit="count", model="training.Attempt",
        facts=lambda: _tests(ONE), dimensions=QUIZ,
        description=_("Attempts that were handed in, those before a course left out."),
    ),
    Measure(
        key="training.tests_passed", label=_("Tests passed"), unit="count",
        model="training.Attempt", facts=lambda: _tests(ONE, Attempt.passed), dimensions=QUIZ,
        description=_("Those of them that reached the pass mark."),
    ),
    Ratio(
        key="training.pass_rate", label=_("Pass rate"), unit="ratio",
        numerator="training.tests_passed", denominator="training.tests",
        description=_("Passed of handed in."),
    ),
    Measure(
        key="training.certificates", label=_("Certificates issued"), unit="count",
        model="training.Certificate", facts=_certificates,
        dimensions={"course": DIMENSIONS["course"]},
        description=_("On the day on which they were issued."),
    ),
)  # fmt: skip
