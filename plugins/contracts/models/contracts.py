"""What the company and a customer have agreed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from plugin_api.context import Actor, current_company, lazy_pgettext
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
    reference,
    text,
)

STATES = (
    Choice(value="draft", label=lazy_pgettext("contract", "Draft")),
    Choice(value="released", label=lazy_pgettext("contract", "Released"), tone="info"),
    Choice(value="signed", label=lazy_pgettext("contract", "Signed"), tone="info"),
    Choice(value="active", label=lazy_pgettext("contract", "In force"), tone="good"),
    Choice(value="expired", label=lazy_pgettext("contract", "Expired"), tone="warn"),
    Choice(value="renewed", label=lazy_pgettext("contract", "Renewed"), tone="good"),
    Choice(value="terminated", label=lazy_pgettext("contract", "Terminated"), tone="bad"),
    Choice(value="replaced", label=_("Replaced by a version")),
    Choice(value="cancelled", label=lazy_pgettext("contract", "Dropped")),
)
KINDS = (
    Choice(value="sale", label=lazy_pgettext("contract", "Sale")),
    Choice(value="framework", label=_("Framework agreement")),
    Choice(value="service", label=_("Service and maintenance")),
    Choice(value="licence", label=_("Licence or subscription")),
    Choice(value="partner", label=_("Partner agreement")),
    Choice(value="secrecy", label=_("Confidentiality")),
    Choice(value="other", label=_("Other contract")),
)
RENEWALS = (
    Choice(value="none", label=_("Ends")),
    Choice(value="ask", label=_("Is to be renewed: opens an opportunity in time")),
    Choice(value="auto", label=_("Goes on by itself unless it is terminated")),
)
IN_FORCE = ("signed", "active")
ENDED = ("expired", "renewed", "terminated")
TERMS = (
    "name", "kind", "account_id", "contact_id", "our_party", "their_party", "value", "currency",
    "starts_on", "ends_on", "notice_days", "renewal", "renew_days", "renew_months", "terms",
)  # fmt: skip
"""What is agreed: it stays as it was signed, a change is another version."""


def company_currency() -> str:
    """The currency of a value when nothing else is said."""
    return current_company().currency


def company_name() -> str:
    """Who signs for the company when nothing else is said."""
    return current_company().name


class Contract(CompanyModel):
    """A version of a contract. Versions of one have the same number; the newest that is signed
    is in force. ``value_company`` is at the rate of the day of signing."""

    __tablename__ = "contracts_contract"
    __collection__ = "contracts"
    __label__ = lazy_pgettext("contract", "Contract")
    __label_plural__ = lazy_pgettext("contract", "Contracts")
    __find_by__ = ("external_id",)
    __search__ = ("name", "number", "external_id", "their_party")
    __owner__ = "owner_id"
    __table_args__ = (
        sa.UniqueConstraint("company_id", "number", "revision"),
        sa.Index(None, "company_id", "state", "ends_on"),
        sa.Index(None, "company_id", "account_id", "state"),
        sa.Index(None, "company_id", "owner_id", "state"),
        sa.Index(None, "company_id", "signed_on"),
    )

    name: Mapped[str] = text(lazy_pgettext("contract", "Subject"), length=300)
    number: Mapped[str | None] = text(
        lazy_pgettext("contract", "Contract number"), length=40, readonly=True
    )
    revision: Mapped[int] = integer(lazy_pgettext("contract", "Version"), readonly=True, default=1)
    state: Mapped[str] = choice(_("State"), STATES, readonly=True, default="draft")
    kind: Mapped[str] = choice(_("Kind"), KINDS, default="sale")
    account_id: Mapped[int] = reference("crm.Account", _("Account"))
    contact_id: Mapped[int | None] = reference(
        "crm.Contact", _("Contact"), narrow={"account": "account"}
    )
    opportunity_id: Mapped[int | None] = reference("crm.Opportunity", _("Opportunity"))
    our_party: Mapped[str | None] = text(_("Party on our side"), length=300, default=company_name)
    their_party: Mapped[str | None] = text(
        _("Party on their side"), length=300, help=_("Empty: the account.")
    )
    owner_id: Mapped[int | None] = reference("core.User", _("Owner"))
    value: Mapped[int | None] = money(lazy_pgettext("contract", "Value"), currency_field="currency")
    currency: Mapped[str] = currency(_("Currency"), default=company_currency)
    starts_on: Mapped[dt.date | None] = date(
        lazy_pgettext("contract", "Starts on"), help=_("Empty: the day on which it is signed.")
    )
    ends_on: Mapped[dt.date | None] = date(
        lazy_pgettext("contract", "Ends on"), help=_("The last day. Empty: it has no end.")
    )
    notice_days: Mapped[int | None] = integer(
        _("Notice (days)"), minimum=0, maximum=3650,
        help=_("So long before its end it has to be terminated."),
    )  # fmt: skip
    renewal: Mapped[str] = choice(lazy_pgettext("contract", "At the end"), RENEWALS, default="ask")
    renew_days: Mapped[int] = integer(
        _("Think of the renewal before (days)"), default=90, minimum=0, maximum=3650
    )
    renew_months: Mapped[int | None] = integer(
        _("Goes on for (months)"), minimum=1, maximum=120,
        help=_("Where it goes on by itself. Empty: 12."),
    )  # fmt: skip
    terms: Mapped[str | None] = longtext(lazy_pgettext("contract", "Terms"))
    order_number: Mapped[str | None] = text(
        _("Order number"), length=100,
        help=_("Of the order that the payment plan is for. Empty: one is made."),
    )  # fmt: skip
    change_reason: Mapped[str | None] = text(_("Why this version"), length=500)
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)

    signed_on: Mapped[dt.date | None] = date(lazy_pgettext("contract", "Signed on"))
    ended_on: Mapped[dt.date | None] = date(
        lazy_pgettext("contract", "Ended on"), readonly=True,
        help=_("The day on which it expired or was terminated."),
    )  # fmt: skip
    termination_reason: Mapped[str | None] = text(_("Why terminated"), length=500)
    value_company: Mapped[int | None] = money(_("Value in the company's currency"), readonly=True)
    rate: Mapped[Decimal | None] = decimal(_("Rate"), scale=10, readonly=True)
    rate_on: Mapped[dt.date | None] = date(_("Rate of"), readonly=True)
    previous_id: Mapped[int | None] = reference(
        "contracts.Contract", lazy_pgettext("contract", "Version before"), readonly=True
    )
    renews_id: Mapped[int | None] = reference(
        "contracts.Contract", _("Renews the contract"), readonly=True
    )
    renewal_opportunity_id: Mapped[int | None] = reference(
        "crm.Opportunity", _("Opportunity of the renewal"), readonly=True
    )
    was_renewed: Mapped[bool] = boolean(_("A renewal is signed"), readonly=True)
    prolonged: Mapped[int] = integer(_("Times prolonged"), readonly=True, default=0)

    noticed_on: Mapped[dt.date | None] = mapped_column(sa.Date())
    """The end of which its owner was told."""

    @classmethod
    def reached_besides(cls, permission: str, actor: Actor) -> Sequence[sa.Select[Any]]:
        """Those that ask something of the actor."""
        from plugins.contracts.services import reach

        return reach.contract_legs(permission, actor)
