"""Orders: what a customer has bound themselves to take, line by line."""

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
    Choice(value="confirmed", label=_("Confirmed"), tone="info"),
    Choice(value="partial", label=_("Partly delivered"), tone="warn"),
    Choice(value="delivered", label=_("Delivered"), tone="good"),
    Choice(value="closed", label=_("Closed"), tone="good"),
    Choice(value="cancelled", label=_("Cancelled"), tone="bad"),
)
BILLED = (
    Choice(value="nothing", label=_("Not invoiced")),
    Choice(value="partial", label=_("Partly invoiced"), tone="warn"),
    Choice(value="full", label=_("Invoiced"), tone="good"),
)
CREDITS = (
    Choice(value="revenue", label=_("Revenue"), tone="good"),
    Choice(value="overlay", label=_("Overlay"), tone="info"),
)


def drafted() -> str:
    """How an order starts; one that was handled elsewhere may be entered further on."""
    return "draft"


class Channel(CompanyModel):
    """A way to the customer: the own force, a shop, a distributor; inside another or alone."""

    __tablename__ = "sales_channel"
    __collection__ = "channels"
    __label__ = _("Channel")
    __label_plural__ = _("Channels")
    __find_by__ = ("external_id", "name")
    __search__ = ("name", "external_id")

    name: Mapped[str] = text(_("Name"), unique=True)
    parent_id: Mapped[int | None] = reference("sales.Channel", _("Part of the channel"))
    description: Mapped[str | None] = longtext(_("Description"))
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)


class Order(CompanyModel):
    """An order. ``amount``, ``tax`` and ``total`` add up its lines, in its own currency.

    ``rate`` and ``rate_on`` are kept from the moment it is confirmed: everything that follows
    from the order is converted at them.
    """

    __tablename__ = "sales_order"
    __collection__ = "orders"
    __label__ = _("Order")
    __label_plural__ = _("Orders")
    __find_by__ = ("external_id", "number")
    __search__ = ("name", "external_id", "customer_reference")
    __owner__ = "owner_id"
    __shared_by__ = "sales.OrderCredit"
    __table_args__ = (
        sa.Index(None, "company_id", "ordered_on", "id"),
        sa.Index(None, "company_id", "status", "ordered_on"),
        sa.Index(None, "company_id", "owner_id", "ordered_on"),
    )

    name: Mapped[str] = text(_("Name"), length=300, readonly=True)
    number: Mapped[str | None] = text(
        _("Document number"), length=100, unique=True, help=_("Empty: given when it is confirmed.")
    )
    revision: Mapped[int] = integer(lazy_pgettext("order", "Version"), readonly=True, default=1)
    status: Mapped[str] = choice(_("Status"), STATUSES, default=drafted)
    account_id: Mapped[int | None] = reference("crm.Account", _("Account"))
    contact_id: Mapped[int | None] = reference(
        "crm.Contact", _("Contact"), narrow={"account": "account"}
    )
    opportunity_id: Mapped[int | None] = reference("crm.Opportunity", _("Opportunity"))
    quote_id: Mapped[int | None] = reference("sales.Quote", _("Quote"))
    owner_id: Mapped[int | None] = reference("core.User", _("Owner"))
    credited_id: Mapped[int | None] = reference(
        "core.User",
        _("Credited to"),
        help=_("Whoever has what is not shared out. Empty: the owner, once it is confirmed."),
    )
    channel_id: Mapped[int | None] = reference("sales.Channel", _("Channel"))
    region: Mapped[str | None] = text(
        _("Region"), length=100, help=_("Empty: that of the account.")
    )
    currency: Mapped[str] = currency(_("Currency"), default=company_currency)
    ordered_on: Mapped[dt.date | None] = date(
        _("Ordered on"), help=_("The day it counts for. Empty: the day it is confirmed.")
    )
    deliver_by: Mapped[dt.date | None] = date(_("Deliver by"))
    customer_reference: Mapped[str | None] = text(
        _("Customer's reference"), length=100, help=_("The number that the customer gave it.")
    )
    payment_days: Mapped[int | None] = integer(_("Days to pay"), minimum=0, maximum=3650)
    discount: Mapped[Decimal] = percent(
        _("Discount on all"), scale=4, minimum=0, maximum=100, default=Decimal(0),
        help=_("Taken from each line after its own."),
    )  # fmt: skip
    delivery_address: Mapped[str | None] = longtext(_("Delivery address"))
    note: Mapped[str | None] = longtext(_("Note"))
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)

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
    list_amount: Mapped[int] = money(
        _("Value at list prices"), currency_field="currency", readonly=True, default=0,
        help=_("What its lines would come to at list prices; those without one count as they are."),
    )  # fmt: skip
    list_company: Mapped[int | None] = money(
        _("Value at list prices in the company's currency"), readonly=True
    )
    rate: Mapped[Decimal | None] = decimal(_("Rate"), scale=10, readonly=True)
    rate_on: Mapped[dt.date | None] = date(_("Rate of"), readonly=True)
    billed: Mapped[str] = choice(_("Invoices"), BILLED, readonly=True, default="nothing")
    planned: Mapped[int | None] = money(
        _("In the payment plan"), currency_field="currency", readonly=True
    )
    unplanned: Mapped[int | None] = money(
        _("Not in the payment plan"), currency_field="currency", readonly=True,
        help=_("What is left of the order, with tax, that no instalment asks for."),
    )  # fmt: skip
    entered: Mapped[bool] = boolean(
        _("Handled elsewhere"), readonly=True, help=_("Taken over when it was confirmed already.")
    )
    closed_on: Mapped[dt.date | None] = date(
        _("Closed on"), readonly=True, help=_("The day on which it was closed or cancelled.")
    )
    cancel_reason: Mapped[str | None] = text(_("Why cancelled"), length=500)
    change_reason: Mapped[str | None] = text(
        _("Why it was amended"), length=500, help=_("What this version was made for.")
    )
    amended_by_id: Mapped[int | None] = reference("core.User", _("Amended by"), readonly=True)
    amended_on: Mapped[dt.date | None] = date(_("Amended on"), readonly=True)

    @classmethod
    def stays(cls) -> sa.ColumnElement[bool]:
        """An order that was confirmed stays with whom it was confirmed to, as the ledger does."""
        return cls.status != "draft"


class OrderLine(CompanyModel):
    """A product of an order. What becomes of it is counted in its own quantities."""

    __tablename__ = "sales_order_line"
    __collection__ = "order-lines"
    __label__ = _("Order line")
    __label_plural__ = _("Order lines")
    __title__ = "description"
    __find_by__ = ("external_id",)
    __search__ = ("description", "external_id")
    __parent__ = "order_id"

    order_id: Mapped[int] = reference("sales.Order", _("Order"), on_delete="cascade")
    position: Mapped[int] = integer(_("Position"), default=0)
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
    list_amount: Mapped[int] = money(
        _("Value at list prices"), currency_field="currency", readonly=True, default=0
    )
    tax: Mapped[int] = money(_("Tax"), currency_field="currency", readonly=True, default=0)
    currency: Mapped[str] = currency(_("Currency"), default=company_currency)
    cost: Mapped[Decimal | None] = decimal(
        _("Unit cost"), read=READ_COST, write="catalog.Product.update_cost",
        help=_("Empty: what the product costs the company."),
    )  # fmt: skip
    booked_on: Mapped[dt.date | None] = date(
        _("Booked on"), readonly=True, help=_("The day from which the line counts.")
    )
    cancelled: Mapped[Decimal] = decimal(_("Cancelled"), readonly=True, default=Decimal(0))
    delivered: Mapped[Decimal] = decimal(_("Delivered"), readonly=True, default=Decimal(0))
    returned: Mapped[Decimal] = decimal(_("Returned"), readonly=True, default=Decimal(0))
    invoiced: Mapped[Decimal] = decimal(_("Invoiced"), readonly=True, default=Decimal(0))
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)


class OrderCredit(CompanyModel):
    """Somebody's share of an order.

    Shares of revenue add up to at most 100 %, and what is left is whose the order is credited
    to. An overlay is credit besides: it counts for the person alone, never for the company.
    """

    __tablename__ = "sales_order_credit"
    __collection__ = "order-credits"
    __label__ = _("Credit")
    __label_plural__ = _("Credits")
    __title__ = "id"
    __find_by__ = ("external_id",)
    __search__ = ()
    __owner__ = "user_id"
    __parent__ = "order_id"

    order_id: Mapped[int] = reference("sales.Order", _("Order"), on_delete="cascade")
    user_id: Mapped[int | None] = reference("core.User", _("Person"))
    kind: Mapped[str] = choice(_("Kind"), CREDITS, default="revenue")
    share: Mapped[Decimal] = percent(_("Share"), scale=4, minimum=0, maximum=1000)
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)
