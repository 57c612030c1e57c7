"""Chances to sell something to somebody."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.context import current_company
from plugin_api.context import lazy_gettext as _
from plugin_api.models import (
    Choice,
    CompanyModel,
    boolean,
    choice,
    currency,
    date,
    decimal,
    integer,
    longtext,
    money,
    percent,
    reference,
    text,
)

OUTCOMES = (
    Choice(value="open", label=_("Open"), tone="info"),
    Choice(value="won", label=_("Won"), tone="good"),
    Choice(value="lost", label=_("Lost"), tone="bad"),
    Choice(value="void", label=_("Void")),
)


def company_currency() -> str:
    """The currency of an amount when nothing else is said."""
    return current_company().currency


def opened() -> str:
    """How an opportunity starts; one that was closed elsewhere may be entered as such."""
    return "open"


class Opportunity(CompanyModel):
    """A chance to sell. ``outcome`` says how it stands; being archived is another matter.

    ``amount_company``, ``weighted_amount`` and ``cycle_days`` are what figures add up: they are
    kept by :mod:`plugins.crm.services.worth` and frozen when the opportunity is closed.
    """

    __tablename__ = "crm_opportunity"
    __collection__ = "opportunities"
    __label__ = _("Opportunity")
    __label_plural__ = _("Opportunities")
    __find_by__ = ("external_id", "name")
    __search__ = ("name", "external_id")
    __owner__ = "owner_id"
    __aside__ = ("archived", True)
    __shared_by__ = "crm.OpportunityCredit"
    __table_args__ = (
        sa.Index(None, "company_id", "owner_id", "amount", "id"),
        # A column of the board, and the list of everybody's, by amount.
        sa.Index(None, "company_id", "stage_id", "amount", "id"),
        sa.Index(None, "company_id", "amount", "id"),
        sa.Index(None, "company_id", "outcome", "closed_on"),
        # What needs somebody's attention is counted beside the menu of every page.
        sa.Index(
            "ix_crm_opportunity_attention",
            "company_id",
            "outcome",
            "archived",
            "owner_id",
            "expected_close",
            "stalls_on",
        ),
        sa.Index(None, "company_id", "created_on"),
    )

    name: Mapped[str | None] = text(
        _("Name"), help=_("Empty: made of the account and the product.")
    )
    account_id: Mapped[int | None] = reference("crm.Account", _("Account"))
    contact_id: Mapped[int | None] = reference("crm.Contact", _("Contact"))
    product_id: Mapped[int | None] = reference("catalog.Product", _("Product"))
    owner_id: Mapped[int | None] = reference("core.User", _("Owner"))
    pipeline_id: Mapped[int | None] = reference("crm.Pipeline", _("Pipeline"))
    stage_id: Mapped[int | None] = reference(
        "crm.Stage", _("Stage"), narrow={"pipeline": "pipeline"}
    )
    outcome: Mapped[str] = choice(_("Outcome"), OUTCOMES, default=opened)
    amount: Mapped[int | None] = money(_("Amount"), currency_field="currency")
    currency: Mapped[str] = currency(_("Currency"), default=company_currency)
    probability: Mapped[Decimal | None] = percent(
        _("Probability"), minimum=0, maximum=100, help=_("Empty: that of the stage.")
    )
    created_on: Mapped[dt.date | None] = date(
        _("Created on"), help=_("The day on which the opportunity arose.")
    )
    expected_close: Mapped[dt.date | None] = date(_("Expected close"), indexed=True)
    closed_on: Mapped[dt.date | None] = date(
        _("Closed on"), help=_("The day on which it was won or lost.")
    )
    win_reason_id: Mapped[int | None] = reference("crm.WinReason", _("Win reason"))
    loss_reason_id: Mapped[int | None] = reference("crm.LossReason", _("Loss reason"))
    competitor: Mapped[str | None] = text(_("Competitor"))
    source: Mapped[str | None] = text(_("Source"), length=100, indexed=True)
    next_step: Mapped[str | None] = text(_("Next step"), length=500)
    description: Mapped[str | None] = longtext(_("Description"))
    archived: Mapped[bool] = boolean(
        _("Archived"), help=_("Out of the way, but still part of every figure.")
    )
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)

    amount_company: Mapped[int | None] = money(
        _("Amount in the company's currency"),
        readonly=True,
        help=_("At the rate of the closing day; while it is open, of the day it was entered."),
    )
    rate: Mapped[Decimal | None] = decimal(_("Rate"), scale=10, readonly=True)
    rate_on: Mapped[dt.date | None] = date(_("Rate of"), readonly=True)
    weighted_amount: Mapped[int | None] = money(
        _("Weighted amount"), readonly=True, help=_("Amount times probability, while it is open.")
    )
    cycle_days: Mapped[int | None] = integer(
        _("Days to close"), readonly=True, help=_("From creation to being won or lost.")
    )
    closed_from_id: Mapped[int | None] = reference(
        "crm.Stage", _("Closed from"), readonly=True, help=_("The stage it was in before.")
    )
    stage_since: Mapped[dt.date | None] = date(_("In this stage since"), readonly=True)
    stalls_on: Mapped[dt.date | None] = date(
        _("Stalls on"), readonly=True, indexed=True, help=_("From this day on it is stalled.")
    )
    pushes: Mapped[int] = integer(
        _("Times put off"),
        readonly=True,
        default=0,
        help=_("How often the expected close was moved to a later day."),
    )
