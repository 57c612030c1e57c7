"""Courses and what they are made of."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import (
    Choice,
    CompanyModel,
    as_it_is,
    boolean,
    choice,
    decimal,
    instant,
    integer,
    json,
    longtext,
    measure,
    money,
    reference,
    text,
)
from plugins.training.models.common import AREAS

KINDS = (
    Choice(value="text", label=lazy_pgettext("lesson", "Text")),
    Choice(value="video", label=lazy_pgettext("lesson", "Video")),
    Choice(value="file", label=lazy_pgettext("lesson", "Files")),
    Choice(value="checklist", label=lazy_pgettext("lesson", "Checklist")),
    Choice(value="exercise", label=_("Exercise on live data")),
)


class Course(CompanyModel):
    """What somebody learns: lessons, a test, perhaps a session with others."""

    __tablename__ = "training_course"
    __collection__ = "courses"
    __label__ = _("Course")
    __label_plural__ = _("Courses")
    __aside__ = ("active", False)

    name: Mapped[str] = text(lazy_pgettext("thing", "Name"), unique=True)
    area: Mapped[str] = choice(lazy_pgettext("training", "Area"), AREAS, default="selling")
    summary: Mapped[str | None] = longtext(_("What one can do afterwards"))
    skill_id: Mapped[int | None] = reference("training.Skill", _("Skill"))
    level: Mapped[int | None] = integer(
        _("Level reached"), minimum=1, maximum=5,
        help=_("Whoever completes the course is rated so, unless they are further."),
    )  # fmt: skip
    hours: Mapped[Decimal | None] = decimal(_("Hours"), scale=2, minimum=0)
    quiz_id: Mapped[int | None] = reference(
        "training.Quiz", _("Final test"), help=_("Must be passed. Empty: there is none.")
    )
    pretest: Mapped[bool] = boolean(
        _("Test before as well"),
        help=_("The same test before the first lesson, so that what was learnt can be told."),
    )
    needs_session: Mapped[bool] = boolean(_("Attendance needed"))
    open: Mapped[bool] = boolean(
        _("Open to all"), default=True, help=_("Whoever likes may take it.")
    )
    certificate: Mapped[bool] = boolean(_("Gives a certificate"))
    valid_months: Mapped[int | None] = integer(
        _("Valid for (months)"), minimum=1, maximum=240, help=_("Empty: for good.")
    )
    budget: Mapped[int | None] = money(_("Budget of a year"))
    fixed_cost: Mapped[int | None] = money(
        _("Cost of making it"), help=_("Once, whoever takes part.")
    )
    cost: Mapped[int | None] = money(_("Cost for each person"))
    behaviours: Mapped[str | None] = longtext(
        _("What is seen at work afterwards"),
        help=_("One a line; the manager looks for them after so many days."),
    )
    behaviour_days: Mapped[int] = integer(
        _("Looked for after (days)"), default=60, minimum=1, maximum=365
    )
    measure: Mapped[str | None] = measure(
        _("Result to raise"), help=_("Compared between who was trained and peers who were not.")
    )
    active: Mapped[bool] = boolean(lazy_pgettext("training", "In use"), default=True)


class Lesson(CompanyModel):
    """A part of a course."""

    __tablename__ = "training_lesson"
    __collection__ = "lessons"
    __label__ = _("Lesson")
    __label_plural__ = _("Lessons")
    __find_by__ = ()
    __parent__ = "course_id"

    course_id: Mapped[int] = reference("training.Course", _("Course"), on_delete="cascade")
    position: Mapped[int] = integer(_("Position"), default=0)
    name: Mapped[str] = text(lazy_pgettext("thing", "Name"))
    kind: Mapped[str] = choice(lazy_pgettext("lesson", "Kind"), KINDS, default="text")
    body: Mapped[str | None] = longtext(
        lazy_pgettext("lesson", "Content"), help=_("Of a checklist one point a line.")
    )
    url: Mapped[str | None] = text(_("Link"), kind="url", length=500)
    measure: Mapped[str | None] = measure(
        _("Measured by"), help=_("An exercise is done once one's own figure comes to it.")
    )
    at_least: Mapped[Decimal | None] = decimal(
        lazy_pgettext("lesson", "At least"), scale=2, help=_("Of the measure since enrolling.")
    )
    minutes: Mapped[int | None] = integer(_("Minutes"), minimum=0, maximum=10_000)
    required: Mapped[bool] = boolean(lazy_pgettext("lesson", "Required"), default=True)


class Progress(CompanyModel):
    """How far somebody is in a lesson. Written by code alone, shown on the course's page.

    ``ticks`` are the numbers of the points of a checklist that are ticked, from 0.
    """

    __tablename__ = "training_progress"
    __title__ = "id"
    __find_by__ = ()
    __search__ = ()
    __table_args__ = (sa.UniqueConstraint("company_id", "enrolment_id", "lesson_id"),)

    enrolment_id: Mapped[int] = reference("training.Enrolment", _("Enrolment"), on_delete="cascade")
    lesson_id: Mapped[int] = reference("training.Lesson", _("Lesson"), on_delete="cascade")
    ticks: Mapped[list[Any]] = json(_("Ticked"), default=list, renumber=as_it_is)
    done_at: Mapped[dt.datetime | None] = instant(_("Done at"))
