"""The ledger of sales events. Rows are added by the posting of documents alone."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from plugin_api.context import lazy_gettext as _
from plugin_api.models import (
    Choice,
    CompanyModel,
    ScaledDecimal,
    boolean,
    choice,
    currency,
    date,
    decimal,
    money,
    reference,
    text,
)
from plugins.sales.models.common import READ_COST

KINDS = (
    Choice(value="booked", label=_("Booked"), tone="info"),
    Choice(value="delivered", label=_("Delivered"), tone="info"),
    Choice(value="invoiced", label=_("Invoiced"), tone="info"),
    Choice(value="collected", label=_("Collected"), tone="good"),
)
EVENTS = (
    Choice(value="booked", label=_("Booked"), tone="info"),
    Choice(value="cancelled", label=_("Cancelled"), tone="bad"),
    Choice(value="delivered", label=_("Delivered"), tone="info"),
    Choice(value="returned", label=_("Returned"), tone="warn"),
    Choice(value="invoiced", label=_("Invoiced"), tone="info"),
    Choice(value="credited", label=_("Credited"), tone="warn"),
    Choice(value="collected", label=_("Collected"), tone="good"),
    Choice(value="refunded", label=_("Refunded"), tone="bad"),
)
EXACT = ScaledDecimal(4)
"""Minor units with four more places: what a company that does not round lines needs."""


class LedgerEntry(CompanyModel):
    """What one event of one document's line adds to one figure for one person.

    ``kind`` is the figure it belongs to, ``event`` what happened: a return lowers what is
    booked and what is delivered. Nothing is altered: a correction is another entry, and one
    that takes something back names it in ``reverses_id`` and ``original_day``.
    """

    __tablename__ = "sales_ledger_entry"
    __collection__ = "ledger"
    __label__ = _("Ledger entry")
    __label_plural__ = _("Sales ledger")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ()
    __owner__ = "user_id"
    __actions__ = ("read", "export")
    __append_only__ = True
    __table_args__ = (
        sa.Index(None, "company_id", "kind", "day"),
        sa.Index(None, "company_id", "day", "id"),
        sa.Index(None, "company_id", "user_id", "kind", "day"),
    )

    day: Mapped[dt.date] = date(_("Day"), readonly=True)
    kind: Mapped[str] = choice(_("Counts as"), KINDS, readonly=True)
    event: Mapped[str] = choice(_("Event"), EVENTS, readonly=True)
    document: Mapped[str] = text(_("Document"), length=100, readonly=True)
    order_id: Mapped[int | None] = reference("sales.Order", _("Order"), readonly=True)
    delivery_id: Mapped[int | None] = reference("sales.Delivery", _("Delivery"), readonly=True)
    invoice_id: Mapped[int | None] = reference("sales.Invoice", _("Invoice"), readonly=True)
    receipt_id: Mapped[int | None] = reference("sales.Receipt", _("Receipt"), readonly=True)
    account_id: Mapped[int | None] = reference("crm.Account", _("Account"), readonly=True)
    product_id: Mapped[int | None] = reference("catalog.Product", _("Product"), readonly=True)
    channel_id: Mapped[int | None] = reference("sales.Channel", _("Channel"), readonly=True)
    region: Mapped[str | None] = text(_("Region"), length=100, readonly=True)
    user_id: Mapped[int | None] = reference("core.User", _("Credited to"), readonly=True)
    overlay: Mapped[bool] = boolean(
        _("Overlay"), readonly=True, help=_("Counts for the person alone, not for the company.")
    )
    quantity: Mapped[Decimal] = decimal(_("Quantity"), readonly=True)
    amount: Mapped[int] = money(_("Amount"), currency_field="currency", readonly=True)
    currency: Mapped[str] = currency(_("Currency"))
    rate: Mapped[Decimal] = decimal(_("Rate"), scale=10, readonly=True)
    rate_on: Mapped[dt.date] = date(_("Rate of"), readonly=True)
    amount_company: Mapped[int] = money(_("Amount in the company's currency"), readonly=True)
    cost_company: Mapped[int | None] = money(
        _("Cost in the company's currency"), readonly=True, read=READ_COST
    )
    reverses_id: Mapped[int | None] = reference("sales.LedgerEntry", _("Takes back"), readonly=True)
    original_day: Mapped[dt.date] = date(
        _("Day of the original"), readonly=True,
        help=_("Of what is taken back; else the day itself."),
    )  # fmt: skip

    source: Mapped[str] = mapped_column(sa.String(20))
    """Which kind of line it comes from, and the numbers of that line and of the one that
    originals and reversals have in common."""
    source_id: Mapped[int] = mapped_column(sa.BigInteger())
    root_id: Mapped[int] = mapped_column(sa.BigInteger())
    exact: Mapped[Decimal] = mapped_column(EXACT)
    exact_company: Mapped[Decimal] = mapped_column(EXACT)
