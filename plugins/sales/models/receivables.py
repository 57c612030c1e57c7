"""What customers are to pay, and when: instalments of orders, and invoices without a plan."""

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
    integer,
    longtext,
    money,
    percent,
    reference,
    text,
)
from plugins.sales.models.common import company_currency

DUE_RULES = (
    Choice(value="date", label=_("On a fixed day")),
    Choice(value="ordered", label=_("After the order")),
    Choice(value="first_delivery", label=_("After the first delivery")),
    Choice(value="delivered", label=_("After the last delivery")),
    Choice(value="invoiced", label=_("After the first invoice")),
)
STANDINGS = (
    Choice(value="planned", label=_("Planned")),
    Choice(value="open", label=_("Still open"), tone="info"),
    Choice(value="partial", label=_("Partly paid"), tone="warn"),
    Choice(value="paid", label=_("Paid"), tone="good"),
)


class Receivable(CompanyModel):
    """An amount that a customer is to pay on a day: an instalment of an order, or an invoice of
    which no plan says more.

    ``amount`` is what is asked for, ``paid`` what posted receipts were allocated to it, ``open``
    what is left; nothing is open of an order that is not confirmed.
    """

    __tablename__ = "sales_receivable"
    __collection__ = "receivables"
    __label__ = _("Receivable")
    __label_plural__ = _("Receivables")
    __find_by__ = ("external_id", "name")
    __search__ = ("name", "label", "external_id")
    __owner__ = "owner_id"
    __aside__ = ("settled", True)
    __table_args__ = (
        sa.Index(None, "company_id", "status", "due_on"),
        sa.Index(None, "company_id", "due_on", "id"),
        sa.Index(None, "company_id", "owner_id", "status", "due_on"),
    )

    name: Mapped[str] = text(_("Name"), length=300, readonly=True)
    order_id: Mapped[int | None] = reference("sales.Order", _("Order"))
    invoice_id: Mapped[int | None] = reference("sales.Invoice", _("Invoice"), readonly=True)
    account_id: Mapped[int | None] = reference("crm.Account", _("Account"), readonly=True)
    owner_id: Mapped[int | None] = reference("core.User", _("Owner"))
    position: Mapped[int] = integer(_("Position"), default=0)
    label: Mapped[str | None] = text(_("What for"), help=_("A deposit, the rest on acceptance …"))
    share: Mapped[Decimal | None] = percent(
        _("Share of the order"), scale=4, minimum=0, maximum=100,
        help=_("Of what is to be paid with tax; or give a fixed amount."),
    )  # fmt: skip
    fixed: Mapped[int | None] = money(_("Fixed amount"), currency_field="currency")
    due_rule: Mapped[str] = choice(_("Falls due"), DUE_RULES, default="date")
    due_days: Mapped[int] = integer(_("Days after"), minimum=0, maximum=3650, default=0)
    month_end: Mapped[bool] = boolean(
        _("From the end of the month"), help=_("The days count from the last day of that month.")
    )
    due_on: Mapped[dt.date | None] = date(
        _("Due on"), help=_("Empty while what it follows has not happened.")
    )
    status: Mapped[str] = choice(_("Status"), STANDINGS, readonly=True, default="planned")
    amount: Mapped[int] = money(_("Amount"), currency_field="currency", readonly=True, default=0)
    paid: Mapped[int] = money(_("Paid"), currency_field="currency", readonly=True, default=0)
    open: Mapped[int] = money(_("Still open"), currency_field="currency", readonly=True, default=0)
    currency: Mapped[str] = currency(_("Currency"), default=company_currency)
    amount_company: Mapped[int] = money(
        _("Amount in the company's currency"), readonly=True, default=0
    )
    open_company: Mapped[int] = money(_("Open in the company's currency"), readonly=True, default=0)
    settled: Mapped[bool] = boolean(_("Settled"), readonly=True, help=_("Nothing is left to pay."))
    note: Mapped[str | None] = longtext(_("Note"))
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)

    @classmethod
    def stays(cls) -> sa.ColumnElement[bool]:
        """It stays with its order or invoice."""
        return cls.status != "planned"
