"""What was asked for, and what each who was asked has said."""

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
    UTCDateTime,
    choice,
    date,
    decimal,
    instant,
    integer,
    longtext,
    reference,
    text,
)
from plugins.approvals.models.rules import MODES
from plugins.approvals.services import moves

STATES = (
    Choice(value="waiting", label=_("Waiting"), tone="warn"),
    Choice(value="approved", label=_("Approved"), tone="info"),
    Choice(value="done", label=_("Approved and done"), tone="good"),
    Choice(value="refused", label=_("Refused"), tone="bad"),
    Choice(value="recalled", label=lazy_pgettext("approval", "Taken back")),
    Choice(value="outdated", label=_("Changed since")),
)
DECISIONS = (
    Choice(value="later", label=_("Not yet asked")),
    Choice(value="waiting", label=_("Waiting"), tone="warn"),
    Choice(value="approved", label=_("Approved"), tone="good"),
    Choice(value="refused", label=_("Refused"), tone="bad"),
    Choice(value="passed", label=_("Passed on")),
    Choice(value="dropped", label=_("No longer needed")),
)


class Request(CompanyModel):
    """A person asks that a record may move on. It holds for the record as it is: a change ends
    it. Whose record it is decides nothing here; ``owner`` is who asks."""

    __tablename__ = "approvals_request"
    __collection__ = "requests"
    __label__ = _("Approval request")
    __label_plural__ = _("Approval requests")
    __find_by__ = ()
    __search__ = ("name",)
    __owner__ = "owner_id"
    __actions__ = ("read", "create", "update", "export")
    __about__ = ("about_model", "about_id")
    __table_args__ = (
        sa.Index(None, "company_id", "about_model", "about_id", "state"),
        sa.Index(None, "company_id", "owner_id", "state"),
    )

    name: Mapped[str] = text(lazy_pgettext("approval", "About"), length=300, readonly=True)
    move: Mapped[str] = choice(lazy_pgettext("approval", "What"), moves.choices, length=100)
    about_model: Mapped[str] = mapped_column(sa.String(100))
    about_id: Mapped[int] = integer(_("Number of the record"), minimum=1)
    owner_id: Mapped[int | None] = reference("core.User", _("Asked by"), readonly=True)
    comment: Mapped[str | None] = longtext(_("Why"))
    state: Mapped[str] = choice(_("State"), STATES, default="waiting", readonly=True)
    rule_id: Mapped[int | None] = reference("approvals.Rule", _("Approval rule"), readonly=True)
    figure: Mapped[Decimal | None] = decimal(_("Figure"), readonly=True)
    answer: Mapped[str | None] = longtext(lazy_pgettext("approval", "Answer"), readonly=True)
    asked_at: Mapped[dt.datetime | None] = instant(_("Asked at"), readonly=True)
    asked_on: Mapped[dt.date | None] = date(_("Asked on"), readonly=True)
    decided_at: Mapped[dt.datetime | None] = instant(_("Decided at"), readonly=True)
    hours: Mapped[Decimal | None] = decimal(_("Hours until decided"), scale=2, readonly=True)


class Decision(CompanyModel):
    """What one person is asked. Code alone writes it, but for the moves of its workflow."""

    __tablename__ = "approvals_decision"
    __collection__ = "decisions"
    __label__ = lazy_pgettext("approval", "Decision")
    __label_plural__ = lazy_pgettext("approval", "Decisions")
    __find_by__ = ()
    __search__ = ("name",)
    __owner__ = "owner_id"
    __actions__ = ("read", "update", "export")
    __table_args__ = (
        sa.Index(None, "company_id", "owner_id", "state"),
        sa.Index(None, "company_id", "state", "due_at"),
    )

    name: Mapped[str] = text(lazy_pgettext("approval", "About"), length=300, readonly=True)
    request_id: Mapped[int] = reference(
        "approvals.Request", _("Approval request"), on_delete="cascade", readonly=True
    )
    asker_id: Mapped[int | None] = reference("core.User", _("Asked by"), readonly=True)
    why: Mapped[str | None] = longtext(_("Why"), readonly=True)
    owner_id: Mapped[int | None] = reference("core.User", _("Decides"), readonly=True)
    number: Mapped[int] = integer(_("Number of the step"), readonly=True)
    position: Mapped[int] = integer(_("Position"), readonly=True)
    step: Mapped[str] = text(lazy_pgettext("approval", "Step"), readonly=True)
    mode: Mapped[str] = choice(_("How many"), MODES, readonly=True)
    state: Mapped[str] = choice(_("State"), DECISIONS, default="later", readonly=True)
    comment: Mapped[str | None] = longtext(lazy_pgettext("approval", "Comment"))
    to_id: Mapped[int | None] = reference("core.User", _("Pass on to"))
    by_id: Mapped[int | None] = reference(
        "core.User", lazy_pgettext("approval", "Decided by"), readonly=True
    )
    asked_at: Mapped[dt.datetime | None] = instant(_("Asked at"), readonly=True)
    decided_at: Mapped[dt.datetime | None] = instant(_("Decided at"), readonly=True)
    remind_hours: Mapped[int] = integer(_("Remind after (hours)"), readonly=True)
    due_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime())
    """When the person is reminded next."""
