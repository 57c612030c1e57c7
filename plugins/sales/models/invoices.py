"""What the customer is asked to pay, and what is credited to them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

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
from plugins.sales.models.common import READ_COST, company_currency

KINDS = (
    Choice(value="invoice", label=_("Invoice"), tone="info"),
    Choice(value="credit_note", label=_("Credit note"), tone="warn"),
)
STATUSES = (
    Choice(value="draft", label=_("Draft")),
    Choice(value="posted", label=_("Posted"), tone="good"),
)


def drafted() -> str:
    """How an invoice starts; one that was written elsewhere may be entered as posted."""
    return "draft"


class Invoice(CompanyModel):
    """An invoice or a credit note. A credit note's amounts are positive, too: what it takes
    back."""

    __tablename__ = "sales_invoice"
    __collection__ = "invoices"
    __label__ = _("Invoice")
    __label_plural__ = _("Invoices and credit notes")
    __find_by__ = ("external_id", "number")
    __search__ = ("name", "external_id")
    __owner__ = "owner_id"
    __table_args__ = (
        sa.Index(None, "company_id", "invoiced_on", "id"),
        sa.Index(None, "company_id", "status", "due_on"),
    )

    name: Mapped[str] = text(_("Name"), length=300, readonly=True)
    number: Mapped[str | None] = text(
        _("Document number"), length=100, unique=True,
        help=_("Given when it is posted, one after the other."),
    )  # fmt: skip
    kind: Mapped[str] = choice(_("Kind"), KINDS, default="invoice")
    status: Mapped[str] = choice(_("Status"), STATUSES, default=drafted)
    order_id: Mapped[int | None] = reference("sales.Order", _("Order"))
    corrects_id: Mapped[int | None] = reference(
        "sales.Invoice", _("Corrects"), help=_("The invoice that a credit note takes back.")
    )
    account_id: Mapped[int | None] = reference("crm.Account", _("Account"))
    owner_id: Mapped[int | None] = reference("core.User", _("Owner"))
    channel_id: Mapped[int | None] = reference("sales.Channel", _("Channel"))
    region: Mapped[str | None] = text(
        _("Region"), length=100, help=_("Empty: that of the order or account.")
    )
    currency: Mapped[str] = currency(_("Currency"), default=company_currency)
    invoiced_on: Mapped[dt.date | None] = date(
        _("Invoiced on"), help=_("The day it counts for. Empty: the day it is posted.")
    )
    payment_days: Mapped[int | None] = integer(_("Days to pay"), minimum=0, maximum=3650)
    due_on: Mapped[dt.date | None] = date(_("Due on"))
    settled: Mapped[bool] = boolean(
        _("Paid elsewhere"), help=_("No money is asked for: it was paid before it was taken over.")
    )
    note: Mapped[str | None] = longtext(_("Note"))
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)

    amount: Mapped[int] = money(
        _("Amount"), currency_field="currency", readonly=True, default=0, help=_("Without tax.")
    )
    tax: Mapped[int] = money(_("Tax"), currency_field="currency", readonly=True, default=0)
    total: Mapped[int] = money(_("Total"), currency_field="currency", readonly=True, default=0)
    total_company: Mapped[int | None] = money(_("Total in the company's currency"), readonly=True)
    rate: Mapped[Decimal | None] = decimal(_("Rate"), scale=10, readonly=True)
    rate_on: Mapped[dt.date | None] = date(_("Rate of"), readonly=True)

    @classmethod
    def stays(cls) -> sa.ColumnElement[bool]:
        """An invoice that was issued stays with whom it names."""
        return cls.status != "draft"


class InvoiceLine(CompanyModel):
    """A line of an invoice, of an order's line or on its own."""

    __tablename__ = "sales_invoice_line"
    __collection__ = "invoice-lines"
    __label__ = _("Invoice line")
    __label_plural__ = _("Invoice lines")
    __title__ = "description"
    __find_by__ = ("external_id",)
    __search__ = ("description", "external_id")
    __parent__ = "invoice_id"

    invoice_id: Mapped[int] = reference("sales.Invoice", _("Invoice"), on_delete="cascade")
    order_line_id: Mapped[int | None] = reference("sales.OrderLine", _("Order line"))
    corrects_id: Mapped[int | None] = reference("sales.InvoiceLine", _("Corrects the line"))
    position: Mapped[int] = integer(_("Position"), default=0)
    product_id: Mapped[int | None] = reference("catalog.Product", _("Product"))
    description: Mapped[str | None] = text(
        _("Description"), length=500, help=_("Empty: that of the order line or product.")
    )
    quantity: Mapped[Decimal] = decimal(_("Quantity"), default=Decimal(1))
    price: Mapped[Decimal | None] = decimal(
        _("Unit price"), help=_("Empty: that of the order line or product.")
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
    net: Mapped[Decimal] = decimal(_("Net, unrounded"), scale=6, readonly=True, default=Decimal(0))
    amount: Mapped[int] = money(_("Amount"), currency_field="currency", readonly=True, default=0)
    tax: Mapped[int] = money(_("Tax"), currency_field="currency", readonly=True, default=0)
    currency: Mapped[str] = currency(_("Currency"), default=company_currency)
    cost: Mapped[Decimal | None] = decimal(
        _("Unit cost"), read=READ_COST, write="catalog.Product.update_cost",
        help=_("Empty: what the product costs the company."),
    )  # fmt: skip
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)
