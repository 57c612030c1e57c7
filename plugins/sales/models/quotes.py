"""What is offered to a customer, line by line, version by version."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.context import lazy_gettext as _
from plugin_api.models import (
    Choice,
    CompanyModel,
    boolean,
    by_key,
    choice,
    currency,
    date,
    decimal,
    integer,
    json,
    longtext,
    money,
    percent,
    reference,
    text,
)
from plugins.sales.models.common import CHECKS, READ_COST, company_currency

STATUSES = (
    Choice(value="draft", label=_("Draft")),
    Choice(value="held", label=_("Awaits release"), tone="warn"),
    Choice(value="released", label=_("Released"), tone="info"),
    Choice(value="sent", label=_("Sent out"), tone="info"),
    Choice(value="accepted", label=_("Accepted"), tone="good"),
    Choice(value="declined", label=_("Declined"), tone="bad"),
    Choice(value="expired", label=_("Expired"), tone="bad"),
    Choice(value="replaced", label=_("Replaced")),
)


class Quote(CompanyModel):
    """An offer. Once it is sent it stays as it is: a change is another version, which has the
    same number and the next ``revision``.

    ``amount``, ``tax`` and ``total`` add up its lines but for optional ones that are not chosen.
    """

    __tablename__ = "sales_quote"
    __collection__ = "quotes"
    __label__ = _("Quote")
    __label_plural__ = _("Quotes")
    __find_by__ = ("external_id", "name")
    __search__ = ("name", "subject", "external_id")
    __owner__ = "owner_id"
    __aside__ = ("superseded", True)
    __table_args__ = (
        sa.Index(None, "company_id", "status", "valid_until"),
        sa.Index(None, "company_id", "quoted_on", "id"),
    )

    name: Mapped[str] = text(_("Name"), length=300, readonly=True)
    number: Mapped[str | None] = text(
        _("Document number"), length=100, readonly=True, indexed=True,
        help=_("Given when it is sent first; all versions have the same."),
    )  # fmt: skip
    revision: Mapped[int] = integer(_("Quote version"), readonly=True, default=1)
    status: Mapped[str] = choice(_("Status"), STATUSES, readonly=True, default="draft")
    subject: Mapped[str | None] = text(_("Subject line"), length=300)
    account_id: Mapped[int | None] = reference("crm.Account", _("Account"))
    contact_id: Mapped[int | None] = reference(
        "crm.Contact", _("Contact"), narrow={"account": "account"}
    )
    opportunity_id: Mapped[int | None] = reference("crm.Opportunity", _("Opportunity"))
    leading: Mapped[bool] = boolean(
        _("Leads the opportunity"), default=True,
        help=_("The opportunity's amount follows this quote; one of them leads."),
    )  # fmt: skip
    owner_id: Mapped[int | None] = reference("core.User", _("Owner"))
    channel_id: Mapped[int | None] = reference("sales.Channel", _("Channel"))
    region: Mapped[str | None] = text(
        _("Region"), length=100, help=_("Empty: that of the account.")
    )
    currency: Mapped[str] = currency(_("Currency"), default=company_currency)
    quoted_on: Mapped[dt.date | None] = date(_("Quoted on"), help=_("Empty: the day it is sent."))
    valid_until: Mapped[dt.date | None] = date(_("Valid until"))
    payment_days: Mapped[int | None] = integer(_("Days to pay"), minimum=0, maximum=3650)
    discount: Mapped[Decimal] = percent(
        _("Discount on all"), scale=4, minimum=0, maximum=100, default=Decimal(0),
        help=_("Taken from each line after its own."),
    )  # fmt: skip
    opening: Mapped[str | None] = longtext(_("Text before the lines"))
    terms: Mapped[str | None] = longtext(_("Text after the lines"))
    note: Mapped[str | None] = longtext(_("Note"), help=_("For the company alone."))
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)

    previous_id: Mapped[int | None] = reference("sales.Quote", _("Version before"), readonly=True)
    superseded: Mapped[bool] = boolean(_("Superseded"), readonly=True)
    coupons: Mapped[str | None] = text(
        _("Coupon codes"), help=_("One, or several with commas between.")
    )
    price_check: Mapped[str | None] = choice(_("Price check"), CHECKS, readonly=True)
    amount: Mapped[int] = money(
        _("Amount"), currency_field="currency", readonly=True, default=0, help=_("Without tax.")
    )
    tax: Mapped[int] = money(_("Tax"), currency_field="currency", readonly=True, default=0)
    total: Mapped[int] = money(_("Total"), currency_field="currency", readonly=True, default=0)
    amount_company: Mapped[int | None] = money(_("Amount in the company's currency"), readonly=True)
    release_reason: Mapped[str | None] = text(_("Reason for the release"), length=500)
    released_by_id: Mapped[int | None] = reference("core.User", _("Released by"), readonly=True)
    decided_on: Mapped[dt.date | None] = date(_("Decided on"), readonly=True)
    decided_by: Mapped[str | None] = text(_("Decided by"), help=_("Who at the customer."))
    decline_reason: Mapped[str | None] = text(_("Why declined"), length=500)


class QuoteLine(CompanyModel):
    """A product of a quote. An optional line counts once it is chosen."""

    __tablename__ = "sales_quote_line"
    __collection__ = "quote-lines"
    __label__ = _("Quote line")
    __label_plural__ = _("Quote lines")
    __title__ = "description"
    __find_by__ = ("external_id",)
    __search__ = ("description", "external_id")
    __parent__ = "quote_id"

    quote_id: Mapped[int] = reference("sales.Quote", _("Quote"), on_delete="cascade")
    position: Mapped[int] = integer(_("Position"), default=0)
    group: Mapped[str | None] = text(_("Group"), help=_("Lines of one group stand together."))
    optional: Mapped[bool] = boolean(_("Optional"))
    chosen: Mapped[bool] = boolean(_("Chosen"), help=_("Whether an optional line counts."))
    product_id: Mapped[int | None] = reference("catalog.Product", _("Product"))
    description: Mapped[str | None] = text(
        _("Description"), length=500, help=_("Empty: the product's name.")
    )
    quantity: Mapped[Decimal] = decimal(_("Quantity"), default=Decimal(1))
    list_price: Mapped[Decimal | None] = decimal(
        _("List price"), readonly=True, help=_("Of the catalogue, on the day.")
    )
    price: Mapped[Decimal | None] = decimal(
        _("Unit price"), help=_("Empty: the product's list price.")
    )
    discount: Mapped[Decimal] = percent(
        _("Discount"), scale=4, minimum=0, maximum=100, default=Decimal(0)
    )
    agreed: Mapped[Decimal | None] = decimal(
        _("Agreed amount"), scale=6,
        help=_("What the line comes to, whatever price and discount say."),
    )  # fmt: skip
    tax_rate: Mapped[Decimal] = percent(
        _("Tax rate"), scale=4, minimum=0, maximum=100, default=Decimal(0)
    )
    taken_off: Mapped[Decimal] = decimal(
        _("Taken off by promotions"), readonly=True, default=Decimal(0)
    )
    by_hand: Mapped[bool] = boolean(_("Price by hand"), readonly=True)
    gift: Mapped[bool] = boolean(_("Given by a promotion"), readonly=True)
    price_check: Mapped[str | None] = choice(_("Price check"), CHECKS, readonly=True)
    trace: Mapped[list[dict[str, Any]]] = json(
        _("How the price was found"), default=list, renumber=by_key
    )
    net: Mapped[Decimal] = decimal(_("Net, unrounded"), scale=6, readonly=True, default=Decimal(0))
    amount: Mapped[int] = money(_("Amount"), currency_field="currency", readonly=True, default=0)
    tax: Mapped[int] = money(_("Tax"), currency_field="currency", readonly=True, default=0)
    currency: Mapped[str] = currency(_("Currency"), default=company_currency)
    cost: Mapped[Decimal | None] = decimal(
        _("Unit cost"), read=READ_COST, write="catalog.Product.update_cost",
        help=_("Empty: what the product costs the company."),
    )  # fmt: skip
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)
