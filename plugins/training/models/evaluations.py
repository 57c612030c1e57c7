"""Whether a course was worth it: what people say of it, and what is seen at work."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import (
    Choice,
    CompanyModel,
    boolean,
    choice,
    date,
    integer,
    longtext,
    reference,
    text,
)

CHECK_STATES = (
    Choice(value="due", label=lazy_pgettext("observation", "To be looked for"), tone="warn"),
    Choice(value="done", label=lazy_pgettext("observation", "Looked for"), tone="good"),
    Choice(value="dropped", label=lazy_pgettext("observation", "Not possible")),
)
FIVE = _("1 not at all to 5 very much.")


class Reaction(CompanyModel):
    """What somebody says of a course that they have completed."""

    __tablename__ = "training_reaction"
    __collection__ = "reactions"
    __label__ = _("Reaction to a course")
    __label_plural__ = _("Reactions to courses")
    __find_by__ = ()
    __owner__ = "user_id"
    __personal__ = True
    __table_args__ = (sa.UniqueConstraint("company_id", "enrolment_id"),)

    name: Mapped[str] = text(_("Course"), readonly=True)
    enrolment_id: Mapped[int] = reference("training.Enrolment", _("Enrolment"), on_delete="cascade")
    user_id: Mapped[int | None] = reference("core.User", _("Person"), readonly=True)
    course_id: Mapped[int | None] = reference("training.Course", _("Course"), readonly=True)
    overall: Mapped[int] = integer(_("Good on the whole"), minimum=1, maximum=5, help=FIVE)
    useful: Mapped[int] = integer(_("Of use at work"), minimum=1, maximum=5, help=FIVE)
    taught: Mapped[int | None] = integer(_("Well taught"), minimum=1, maximum=5, help=FIVE)
    comment: Mapped[str | None] = longtext(_("What should be better"))
    on: Mapped[dt.date | None] = date(_("Day"), readonly=True)


class Observation(CompanyModel):
    """Whether what a course teaches is seen at work some time later. Whoever leads the person
    looks; more than half of the points, or just half, is use."""

    __tablename__ = "training_observation"
    __collection__ = "observations"
    __label__ = _("Observation at work")
    __label_plural__ = _("Observations at work")
    __find_by__ = ()
    __owner__ = "user_id"
    __actions__ = ("read", "update", "export")
    __table_args__ = (
        sa.Index(None, "company_id", "course_id", "state"),
        sa.Index(None, "company_id", "state", "due_on"),
    )

    name: Mapped[str] = text(_("Course"), readonly=True)
    user_id: Mapped[int] = reference("core.User", _("Person"), readonly=True)
    course_id: Mapped[int] = reference("training.Course", _("Course"), readonly=True)
    enrolment_id: Mapped[int] = reference(
        "training.Enrolment", _("Enrolment"), on_delete="cascade", readonly=True
    )
    points: Mapped[str] = longtext(_("What is looked for"), readonly=True)
    of: Mapped[int] = integer(_("Points in all"), readonly=True)
    due_on: Mapped[dt.date] = date(_("To be looked for on"), readonly=True)
    state: Mapped[str] = choice(_("State"), CHECK_STATES, default="due", readonly=True)
    seen: Mapped[int | None] = integer(_("Points seen"), minimum=0)
    note: Mapped[str | None] = longtext(_("Note"))
    uses: Mapped[bool] = boolean(lazy_pgettext("observation", "Uses it"), readonly=True)
    done_on: Mapped[dt.date | None] = date(_("Looked for on"), readonly=True)
    reminded_on: Mapped[dt.date | None] = mapped_column(sa.Date())
    observer_id: Mapped[int | None] = reference("core.User", _("Observer"), readonly=True)
