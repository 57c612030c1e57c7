"""What is paid: entries, statements of them, adjustments, disputes and payouts."""

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
    currency,
    date,
    decimal,
    integer,
    longtext,
    money,
    reference,
    text,
)
from plugins.incentives.models.common import EXACT, RATE, company_currency

KINDS = (
    Choice(value="earned", label=lazy_pgettext("pay", "Earned"), tone="good"),
    Choice(value="capped", label=_("Above the cap"), tone="warn"),
    Choice(value="brought", label=_("Brought from the period before"), tone="info"),
    Choice(value="withheld", label=_("Condition not met"), tone="warn"),
    Choice(value="draw", label=lazy_pgettext("pay", "Draw"), tone="info"),
    Choice(value="recovered", label=_("Draw taken back"), tone="warn"),
    Choice(value="adjusted", label=lazy_pgettext("pay", "Adjustment"), tone="info"),
)
STATEMENT_STATES = (
    Choice(value="open", label=lazy_pgettext("statement", "Open")),
    Choice(value="approved", label=lazy_pgettext("statement", "Approved"), tone="info"),
    Choice(value="paid", label=lazy_pgettext("statement", "Paid"), tone="good"),
)
PAYOUT_STATES = (
    Choice(value="draft", label=_("Draft")),
    Choice(value="paid", label=lazy_pgettext("statement", "Paid"), tone="good"),
)
ADJUSTMENT_STATES = (
    Choice(value="asked", label=lazy_pgettext("adjustment", "Asked for"), tone="warn"),
    Choice(value="approved", label=lazy_pgettext("adjustment", "Approved"), tone="good"),
    Choice(value="refused", label=lazy_pgettext("adjustment", "Refused"), tone="bad"),
)
DISPUTE_STATES = (
    Choice(value="open", label=lazy_pgettext("dispute", "Open"), tone="warn"),
    Choice(value="accepted", label=lazy_pgettext("dispute", "Accepted"), tone="good"),
    Choice(value="rejected", label=lazy_pgettext("dispute", "Rejected"), tone="bad"),
)


class Payout(CompanyModel):
    """Statements that are paid together. What is paid never changes."""

    __tablename__ = "incentives_payout"
    __collection__ = "payouts"
    __label__ = lazy_pgettext("pay", "Payout")
    __label_plural__ = lazy_pgettext("pay", "Payouts")
    __find_by__ = ("name",)

    name: Mapped[str] = text(_("Name"), unique=True)
    paid_on: Mapped[dt.date | None] = date(lazy_pgettext("pay", "Paid on"))
    state: Mapped[str] = choice(_("State"), PAYOUT_STATES, readonly=True, default="draft")
    amount: Mapped[int] = money(_("Amount"), readonly=True, default=0)
    people: Mapped[int] = integer(_("People"), readonly=True, default=0)


class Statement(CompanyModel):
    """What a person is paid by a plan in a period: the sum of its entries."""

    __tablename__ = "incentives_statement"
    __collection__ = "statements"
    __label__ = lazy_pgettext("pay", "Statement of pay")
    __label_plural__ = lazy_pgettext("pay", "Statements of pay")
    __find_by__ = ("name",)
    __owner__ = "user_id"
    __actions__ = ("read", "update", "export")
    __table_args__ = (
        sa.UniqueConstraint("company_id", "plan_id", "user_id", "start"),
        sa.Index(None, "company_id", "user_id", "start"),
        sa.Index(None, "company_id", "state", "start"),
    )

    name: Mapped[str] = text(_("Name"), length=300, readonly=True)
    plan_id: Mapped[int] = reference(
        "incentives.Plan", lazy_pgettext("pay", "Incentive plan"), readonly=True
    )
    user_id: Mapped[int] = reference("core.User", _("Person"), readonly=True)
    start: Mapped[dt.date] = date(lazy_pgettext("pay", "From"), readonly=True)
    end: Mapped[dt.date] = date(lazy_pgettext("pay", "To"), readonly=True)
    state: Mapped[str] = choice(_("State"), STATEMENT_STATES, readonly=True, default="open")
    amount: Mapped[int] = money(_("Amount"), readonly=True, default=0)
    pay_currency: Mapped[str | None] = text(
        lazy_pgettext("pay", "Paid in"), length=3, readonly=True
    )
    currency: Mapped[str] = currency(_("Currency"), default=company_currency)
    payout_id: Mapped[int | None] = reference(
        "incentives.Payout", lazy_pgettext("pay", "Payout"), readonly=True
    )
    pay_rate: Mapped[Decimal | None] = decimal(_("Exchange rate"), scale=10, readonly=True)
    rate_on: Mapped[dt.date | None] = date(_("Rate of the day"), readonly=True)
    pay_amount: Mapped[int | None] = money(
        _("Amount in that currency"), currency_field="pay_currency", readonly=True
    )


class Entry(CompanyModel):
    """What a calculation adds to a line of a period: ``base`` × ``rate`` comes to ``whole``, of
    which ``amount`` had not been entered yet. Nothing is altered: what comes late, is corrected or
    taken back enters the difference, in the period that it belongs to."""

    __tablename__ = "incentives_entry"
    __collection__ = "entries"
    __label__ = lazy_pgettext("pay", "Entry of pay")
    __label_plural__ = lazy_pgettext("pay", "Entries of pay")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ()
    __owner__ = "user_id"
    __actions__ = ("read", "export")
    __append_only__ = True
    __table_args__ = (
        sa.UniqueConstraint("company_id", "plan_id", "user_id", "start", "number"),
        sa.Index(None, "company_id", "user_id", "posted_on"),
    )

    posted_on: Mapped[dt.date] = date(_("Entered on"), readonly=True)
    user_id: Mapped[int] = reference("core.User", _("Person"), readonly=True)
    statement_id: Mapped[int] = reference(
        "incentives.Statement", lazy_pgettext("pay", "Statement of pay"), readonly=True
    )
    plan_id: Mapped[int] = reference(
        "incentives.Plan", lazy_pgettext("pay", "Incentive plan"), readonly=True
    )
    plan_version_id: Mapped[int | None] = reference(
        "incentives.Version", lazy_pgettext("pay", "Version of a plan"), readonly=True
    )
    component_id: Mapped[int | None] = reference(
        "incentives.Component", lazy_pgettext("pay", "Component"), readonly=True
    )
    start: Mapped[dt.date] = date(lazy_pgettext("pay", "Of the period from"), readonly=True)
    end: Mapped[dt.date] = date(lazy_pgettext("pay", "Of the period to"), readonly=True)
    kind: Mapped[str] = choice(_("Kind"), KINDS, readonly=True)
    text: Mapped[str] = text(lazy_pgettext("pay", "How"), length=500, readonly=True)
    whole: Mapped[int] = money(_("The line comes to"), readonly=True)
    amount: Mapped[int] = money(_("Amount"), readonly=True)
    currency: Mapped[str] = currency(_("Currency"), default=company_currency)

    base: Mapped[Decimal] = mapped_column(EXACT)
    rate: Mapped[Decimal] = mapped_column(RATE)
    step: Mapped[Decimal | None] = mapped_column(EXACT)
    """Where the step begins that the line belongs to."""
    each_id: Mapped[int | None] = mapped_column(sa.BigInteger())
    """Of what is rated each by itself: the record, or the value of the dimension."""
    number: Mapped[int] = mapped_column(sa.Integer())
    """The how-manieth entry of the person, plan and period: two calculations at once cannot enter
    one difference twice."""


class Adjustment(CompanyModel):
    """An amount that is paid or taken besides the rules, once somebody else approves its reason."""

    __tablename__ = "incentives_adjustment"
    __collection__ = "adjustments"
    __label__ = lazy_pgettext("pay", "Adjustment")
    __label_plural__ = lazy_pgettext("pay", "Adjustments")
    __title__ = "reason"
    __find_by__ = ()
    __owner__ = "user_id"
    __table_args__ = (sa.Index(None, "company_id", "state"),)

    user_id: Mapped[int] = reference("core.User", _("Person"))
    plan_id: Mapped[int] = reference("incentives.Plan", lazy_pgettext("pay", "Incentive plan"))
    day: Mapped[dt.date] = date(_("Day"), help=_("It counts in the period of this day."))
    amount: Mapped[int] = money(_("Amount"), help=_("Below zero takes it away."))
    reason: Mapped[str] = text(_("Reason"), length=300)
    state: Mapped[str] = choice(_("State"), ADJUSTMENT_STATES, readonly=True, default="asked")
    asked_id: Mapped[int | None] = reference("core.User", _("Asked by"), readonly=True)
    decided_id: Mapped[int | None] = reference("core.User", _("Decided by"), readonly=True)


class Dispute(CompanyModel):
    """What a person holds to be wrong in a statement, and what became of it. Who answers writes
    beneath it as beneath any record."""

    __tablename__ = "incentives_dispute"
    __collection__ = "disputes"
    __label__ = lazy_pgettext("pay", "Dispute")
    __label_plural__ = lazy_pgettext("pay", "Disputes")
    __find_by__ = ()
    __owner__ = "user_id"
    __table_args__ = (sa.Index(None, "company_id", "state", "due_on"),)

    name: Mapped[str] = text(lazy_pgettext("dispute", "What is wrong"), length=300)
    statement_id: Mapped[int] = reference(
        "incentives.Statement", lazy_pgettext("pay", "Statement of pay")
    )
    user_id: Mapped[int | None] = reference("core.User", _("Person"), readonly=True)
    note: Mapped[str | None] = longtext(lazy_pgettext("dispute", "In detail"))
    state: Mapped[str] = choice(_("State"), DISPUTE_STATES, readonly=True, default="open")
    due_on: Mapped[dt.date | None] = date(_("Answer due on"), readonly=True)
    answer: Mapped[str | None] = text(lazy_pgettext("dispute", "Answer"), length=1000)
    answered_on: Mapped[dt.date | None] = date(_("Answered on"), readonly=True)
