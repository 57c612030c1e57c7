"""Sessions of a course with others, and who was there."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import (
    Choice,
    CompanyModel,
    choice,
    instant,
    integer,
    longtext,
    money,
    reference,
    text,
)

SESSION_STATES = (
    Choice(value="planned", label=lazy_pgettext("session", "Planned"), tone="info"),
    Choice(value="held", label=lazy_pgettext("session", "Held"), tone="good"),
    Choice(value="cancelled", label=lazy_pgettext("session", "Called off"), tone="bad"),
)
ATTENDANCE = (
    Choice(value="invited", label=lazy_pgettext("session", "Invited"), tone="info"),
    Choice(value="attended", label=lazy_pgettext("session", "Was there"), tone="good"),
    Choice(value="absent", label=lazy_pgettext("session", "Was not there"), tone="bad"),
    Choice(value="excused", label=lazy_pgettext("session", "Excused")),
)
TAKES_SEAT = ("invited", "attended")


class Session(CompanyModel):
    """A date on which a course is taught."""

    __tablename__ = "training_session"
    __collection__ = "sessions"
    __label__ = lazy_pgettext("training", "Session")
    __label_plural__ = lazy_pgettext("training", "Sessions")
    __find_by__ = ()
    __table_args__ = (sa.Index(None, "company_id", "course_id", "starts_at"),)

    name: Mapped[str] = text(lazy_pgettext("thing", "Name"))
    course_id: Mapped[int] = reference("training.Course", _("Course"))
    starts_at: Mapped[dt.datetime] = instant(lazy_pgettext("session", "From"))
    ends_at: Mapped[dt.datetime | None] = instant(lazy_pgettext("session", "To"))
    place: Mapped[str | None] = text(_("Place"))
    url: Mapped[str | None] = text(_("Link"), kind="url", length=500)
    trainer_id: Mapped[int | None] = reference("core.User", _("Trainer"))
    seats: Mapped[int | None] = integer(
        _("Seats"), minimum=1, maximum=10_000, help=_("Empty: no limit.")
    )
    cost: Mapped[int | None] = money(_("Cost of the session"))
    state: Mapped[str] = choice(_("State"), SESSION_STATES, default="planned", readonly=True)


class Attendance(CompanyModel):
    """Somebody's seat in a session, and whether they were there."""

    __tablename__ = "training_attendance"
    __collection__ = "attendances"
    __label__ = lazy_pgettext("training", "Attendance")
    __label_plural__ = _("Attendances")
    __find_by__ = ()
    __owner__ = "user_id"
    __personal__ = True
    __table_args__ = (
        sa.UniqueConstraint("company_id", "session_id", "user_id"),
        sa.Index(None, "company_id", "user_id", "state"),
    )

    name: Mapped[str] = text(lazy_pgettext("training", "Session"), readonly=True)
    session_id: Mapped[int] = reference(
        "training.Session", lazy_pgettext("training", "Session"), on_delete="cascade"
    )
    user_id: Mapped[int] = reference("core.User", _("Person"))
    state: Mapped[str] = choice(_("State"), ATTENDANCE, default="invited", readonly=True)
    note: Mapped[str | None] = longtext(_("Note"))
