"""What customers have paid, what it was for, and what was paid back."""

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
    longtext,
    money,
    reference,
    text,
)
from plugins.sales.models.common import company_currency

KINDS = (
    Choice(value="receipt", label=_("Receipt"), tone="info"),
    Choice(value="refund", label=_("Refund"), tone="warn"),
)
STATUSES = (
    Choice(value="draft", label=_("Draft")),
    Choice(value="posted", label=_("Posted"), tone="good"),
    Choice(value="reversed", label=_("Reversed"), tone="bad"),
)
METHODS = (
    Choice(value="transfer", label=_("Bank transfer")),
    Choice(value="bill", label=_("Acceptance bill")),
    Choice(value="cheque", label=_("Cheque")),
    Choice(value="card", label=_("Card")),
    Choice(value="online", label=_("Online payment")),
    Choice(value="cash", label=_("Cash")),
    Choice(value="other", label=_("Other")),
)


def drafted() -> str:
    """How a receipt starts; one that was booked elsewhere may be entered as posted."""
    return "draft"


class Receipt(CompanyModel):
    """Money that came in, or went back. Amounts are positive; those of a refund are what it takes
    away from the receipt that it refunds.

    ``unallocated`` is what a posted receipt leaves after ``allocated`` and ``refunded``: the
    customer's credit.
    """

    __tablename__ = "sales_receipt"
    __collection__ = "receipts"
    __label__ = _("Receipt")
    __label_plural__ = _("Receipts and refunds")
    __find_by__ = ("external_id", "number")
    __search__ = ("name", "bank_reference", "external_id")
    __owner__ = "owner_id"
    __table_args__ = (
        sa.Index(None, "company_id", "received_on", "id"),
        sa.Index(None, "company_id", "account_id", "status"),
    )

    name: Mapped[str] = text(_("Name"), length=300, readonly=True)
    number: Mapped[str | None] = text(
        _("Document number"), length=100, unique=True,
        help=_("Given when it is posted, one after the other."),
    )  # fmt: skip
    kind: Mapped[str] = choice(_("Kind"), KINDS, default="receipt")
    status: Mapped[str] = choice(_("Status"), STATUSES, default=drafted)
    account_id: Mapped[int] = reference("crm.Account", _("Account"))
    owner_id: Mapped[int | None] = reference(
        "core.User", _("Owner"), help=_("Credited with what is not allocated yet.")
    )
    received_on: Mapped[dt.date | None] = date(
        _("Received on"), help=_("The day it counts for. Empty: the day it is posted.")
    )
    amount: Mapped[int] = money(_("Amount"), currency_field="currency", help=_("With tax."))
    currency: Mapped[str] = currency(_("Currency"), default=company_currency)
    method: Mapped[str] = choice(_("Paid by"), METHODS, default="transfer")
    bank_reference: Mapped[str | None] = text(
        _("Reference"), help=_("What the bank or the bill says of it.")
    )
    refunds_id: Mapped[int | None] = reference(
        "sales.Receipt", _("Refunds"), help=_("The receipt of which a refund pays back.")
    )
    note: Mapped[str | None] = longtext(_("Note"))
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)

    allocated: Mapped[int] = money(
        _("Allocated"), currency_field="currency", readonly=True, default=0
    )
    refunded: Mapped[int] = money(
        _("Refunded"), currency_field="currency", readonly=True, default=0
    )
    unallocated: Mapped[int] = money(
        _("Not allocated"), currency_field="currency", readonly=True, default=0
    )
    amount_company: Mapped[int | None] = money(_("Amount in the company's currency"), readonly=True)
    unallocated_company: Mapped[int] = money(
        _("Not allocated, in the company's currency"), readonly=True, default=0
    )
    rate: Mapped[Decimal | None] = decimal(_("Rate"), scale=10, readonly=True)
    rate_on: Mapped[dt.date | None] = date(_("Rate of"), readonly=True)
    entered: Mapped[bool] = boolean(
        _("Handled elsewhere"), readonly=True, help=_("Taken over when it was posted already.")
    )
    reversed_on: Mapped[dt.date | None] = date(_("Reversed on"), readonly=True)
    reverse_reason: Mapped[str | None] = text(_("Why reversed"), length=500)

    @classmethod
    def stays(cls) -> sa.ColumnElement[bool]:
        """What was paid stays with who paid it."""
        return cls.status != "draft"


class Allocation(CompanyModel):
    """How much of a receipt is for which receivable. It counts while the receipt is posted."""

    __tablename__ = "sales_allocation"
    __collection__ = "allocations"
    __label__ = _("Allocation")
    __label_plural__ = _("Allocations")
    __title__ = "id"
    __find_by__ = ("external_id",)
    __search__ = ()
    __parent__ = "receipt_id"

    receipt_id: Mapped[int] = reference("sales.Receipt", _("Receipt"), on_delete="cascade")
    receivable_id: Mapped[int | None] = reference("sales.Receivable", _("Receivable"))
    invoice_id: Mapped[int | None] = reference(
        "sales.Invoice", _("Invoice"), help=_("In place of its receivable.")
    )
    amount: Mapped[int | None] = money(
        _("Amount"), currency_field="currency", help=_("Empty: as much as there is to pay.")
    )
    currency: Mapped[str] = currency(_("Currency"), default=company_currency)
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)
