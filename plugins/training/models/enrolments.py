"""Who takes which course, and the certificates that come of it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import (
    Choice,
    CompanyModel,
    choice,
    date,
    integer,
    money,
    percent,
    reference,
    text,
)

STATES = (
    Choice(value="assigned", label=_("Not begun")),
    Choice(value="started", label=lazy_pgettext("course", "Begun"), tone="info"),
    Choice(value="completed", label=lazy_pgettext("course", "Completed"), tone="good"),
    Choice(value="failed", label=lazy_pgettext("course", "Not passed"), tone="bad"),
    Choice(value="cancelled", label=lazy_pgettext("course", "Cancelled")),
)
OPEN = ("assigned", "started")
ORIGINS = (
    Choice(value="self", label=_("Own choice")),
    Choice(value="given", label=_("By somebody else")),
    Choice(value="rule", label=_("By a rule"), tone="info"),
    Choice(value="path", label=_("By a path"), tone="info"),
)


class Enrolment(CompanyModel):
    """Somebody takes a course, once at a time: ``is_open`` is true or empty, so that the database
    refuses a second one beside it."""

    __tablename__ = "training_enrolment"
    __collection__ = "enrolments"
    __label__ = _("Enrolment")
    __label_plural__ = _("Enrolments")
    __find_by__ = ()
    __owner__ = "user_id"
    __personal__ = True
    __table_args__ = (
        sa.UniqueConstraint("company_id", "user_id", "course_id", "is_open"),
        sa.Index(None, "company_id", "course_id", "state"),
        sa.Index(None, "company_id", "state", "due_on"),
    )

    name: Mapped[str] = text(_("Course"), readonly=True)
    user_id: Mapped[int] = reference("core.User", _("Person"))
    course_id: Mapped[int] = reference("training.Course", _("Course"))
    due_on: Mapped[dt.date | None] = date(lazy_pgettext("course", "Due"))
    reason: Mapped[str | None] = text(_("Reason"), length=500)
    state: Mapped[str] = choice(_("State"), STATES, default="assigned", readonly=True)
    origin: Mapped[str] = choice(_("Enrolled"), ORIGINS, default="given", readonly=True)
    path_id: Mapped[int | None] = reference("training.Path", _("Learning path"), readonly=True)
    enrolled_on: Mapped[dt.date | None] = date(_("Enrolled on"), readonly=True, indexed=True)
    started_on: Mapped[dt.date | None] = date(_("Begun on"), readonly=True)
    completed_on: Mapped[dt.date | None] = date(
        lazy_pgettext("course", "Completed on"), readonly=True, indexed=True
    )
    before: Mapped[Decimal | None] = percent(_("Score before"), readonly=True)
    after: Mapped[Decimal | None] = percent(_("Score after"), readonly=True)
    gain: Mapped[Decimal | None] = percent(
        _("Learnt of what was missing"), readonly=True,
        help=_("(after − before) ÷ (100 − before); empty where there was nothing left to learn."),
    )  # fmt: skip
    extra: Mapped[int] = integer(_("More attempts"), default=0, readonly=True)
    cost: Mapped[int | None] = money(_("Cost"), readonly=True)
    is_open: Mapped[bool | None] = mapped_column(sa.Boolean())
    reminded_on: Mapped[dt.date | None] = mapped_column(sa.Date())


class Certificate(CompanyModel):
    """That somebody has completed a course, and until when that holds."""

    __tablename__ = "training_certificate"
    __collection__ = "certificates"
    __label__ = _("Certificate")
    __label_plural__ = _("Certificates")
    __find_by__ = ("number",)
    __search__ = ("name", "number")
    __owner__ = "user_id"
    __actions__ = ("read", "export")
    __table_args__ = (sa.Index(None, "company_id", "course_id", "expires_on"),)

    name: Mapped[str] = text(_("Course"), readonly=True)
    number: Mapped[str] = text(_("Number of the certificate"), readonly=True, unique=True)
    user_id: Mapped[int] = reference("core.User", _("Person"), readonly=True)
    course_id: Mapped[int] = reference("training.Course", _("Course"), readonly=True)
    enrolment_id: Mapped[int] = reference("training.Enrolment", _("Enrolment"), readonly=True)
    issued_on: Mapped[dt.date] = date(_("Issued on"), readonly=True)
    expires_on: Mapped[dt.date | None] = date(_("Expires on"), readonly=True)
    score: Mapped[Decimal | None] = percent(lazy_pgettext("quiz", "Score"), readonly=True)
    reminded_on: Mapped[dt.date | None] = mapped_column(sa.Date())
