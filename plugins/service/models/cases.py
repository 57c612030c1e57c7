"""What customers want solved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from plugin_api.context import Actor, lazy_pgettext
from plugin_api.context import lazy_gettext as _
from plugin_api.models import (
    CompanyModel,
    UTCDateTime,
    boolean,
    choice,
    date,
    decimal,
    instant,
    integer,
    longtext,
    reference,
    text,
)
from plugins.service.models.words import CHANNELS, KINDS, PRIORITIES, STANDINGS, STATES


def fresh() -> str:
    """How a case starts; one that was handled elsewhere may be entered as solved or closed."""
    return "new"


class Case(CompanyModel):
    """A matter of a customer, from the first word to the solution.

    Two clocks run by the service level: one to the first answer, one to the solution. The second
    stands still while the customer is waited for and after the solution: ``used_seconds`` is the
    working time that it has run, without what it runs since ``ticking_since``.
    """

    __tablename__ = "service_case"
    __collection__ = "cases"
    __label__ = lazy_pgettext("service", "Case")
    __label_plural__ = lazy_pgettext("service", "Cases")
    __find_by__ = ("external_id", "number")
    __search__ = ("name", "number", "external_id", "order_number")
    __owner__ = "owner_id"
    __table_args__ = (
        sa.Index(None, "company_id", "owner_id", "state"),
        sa.Index(None, "company_id", "account_id", "state", "priority"),
        sa.Index(None, "company_id", "state", "alarm_at"),
        sa.Index(None, "company_id", "queue_id", "state"),
        sa.Index(None, "company_id", "opened_on"),
        sa.Index(None, "company_id", "solved_on"),
    )

    name: Mapped[str] = text(lazy_pgettext("case", "Matter"), length=300)
    number: Mapped[str | None] = text(
        lazy_pgettext("case", "Case number"), length=40, unique=True, readonly=True
    )
    state: Mapped[str] = choice(_("State"), STATES, default=fresh)
    priority: Mapped[str] = choice(_("Priority"), PRIORITIES, default="normal")
    kind: Mapped[str] = choice(_("Kind"), KINDS, default="question")
    channel: Mapped[str] = choice(lazy_pgettext("service", "Came by"), CHANNELS, default="phone")
    account_id: Mapped[int | None] = reference("crm.Account", _("Account"))
    contact_id: Mapped[int | None] = reference(
        "crm.Contact", _("Contact"), narrow={"account": "account"}
    )
    product_id: Mapped[int | None] = reference("catalog.Product", _("Product"))
    order_number: Mapped[str | None] = text(
        _("Order number"), length=100, help=_("Of the order that it is about.")
    )
    queue_id: Mapped[int | None] = reference(
        "service.Queue", _("Queue"), help=_("Empty: the first one that fits.")
    )
    owner_id: Mapped[int | None] = reference(
        "core.User",
        _("Owner"),
        help=_("What somebody enters who is no member of the queue goes to whose turn it is."),
    )
    description: Mapped[str | None] = longtext(_("Description"))
    cause: Mapped[str | None] = longtext(lazy_pgettext("case", "Cause"))
    solution: Mapped[str | None] = longtext(_("Solution"))
    reopen_reason: Mapped[str | None] = text(_("Why reopened"), length=500)
    opened_at: Mapped[dt.datetime | None] = instant(
        _("Opened at"), help=_("Empty: the moment in which it is entered.")
    )
    answered_at: Mapped[dt.datetime | None] = instant(_("First answer at"))
    solved_at: Mapped[dt.datetime | None] = instant(_("Solved at"))
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)

    policy_id: Mapped[int | None] = reference("service.Policy", _("Service level"), readonly=True)
    answer_due: Mapped[dt.datetime | None] = instant(_("First answer due"), readonly=True)
    answer_standing: Mapped[str] = choice(
        lazy_pgettext("case", "First answer"), STANDINGS, readonly=True, default="none"
    )
    solution_due: Mapped[dt.datetime | None] = instant(_("Solution due"), readonly=True)
    solution_standing: Mapped[str] = choice(
        _("Solution in time"), STANDINGS, readonly=True, default="none"
    )
    solution_hours: Mapped[Decimal | None] = decimal(
        _("Hours to the solution"), scale=2, readonly=True,
        help=_("Working time, without waiting for the customer."),
    )  # fmt: skip
    escalated: Mapped[bool] = boolean(_("Escalated"), readonly=True)
    reopened: Mapped[int] = integer(_("Times reopened"), default=0, readonly=True)
    opened_on: Mapped[dt.date | None] = date(_("Opened on"), readonly=True)
    solved_on: Mapped[dt.date | None] = date(_("Solved on"), readonly=True)
    closed_on: Mapped[dt.date | None] = date(lazy_pgettext("case", "Closed on"), readonly=True)

    hours: Mapped[str] = mapped_column(sa.String(60), default="09:00-18:00")
    """Working hours of its service level, ``09:00-12:00,13:30-18:00``; empty: around the clock."""
    answer_target: Mapped[int | None] = mapped_column(sa.BigInteger())
    solution_target: Mapped[int | None] = mapped_column(sa.BigInteger())
    """Seconds of working time."""
    warn_percent: Mapped[int] = mapped_column(sa.Integer(), default=80)
    used_seconds: Mapped[int] = mapped_column(sa.BigInteger(), default=0)
    ticking_since: Mapped[dt.datetime | None] = mapped_column(UTCDateTime())
    alarm_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime())
    """When somebody is told next that time runs out, or has."""
    told: Mapped[int] = mapped_column(sa.Integer(), default=0)
    """What they were told: bits of :mod:`plugins.service.services.levels`."""

    @classmethod
    def reached_besides(cls, permission: str, actor: Actor) -> Sequence[sa.Select[Any]]:
        """Cases of the actor's queues, and of accounts that are theirs."""
        from plugins.service.services import reach

        return reach.legs(permission, actor)
