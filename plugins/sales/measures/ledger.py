"""What the ledger adds up to: each figure before and after what was taken back.

Amounts are in the company's currency, each entry at its own rate; what is rounded is rounded
once, where the figure is shown. An overlay counts in its own figure alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from plugin_api.context import lazy_gettext as _
from plugin_api.measures import Dimension, Measure, Ratio
from plugins.catalog.api import Product
from plugins.crm.api import Account
from plugins.sales.models import LedgerEntry
from plugins.sales.models.ledger import EVENTS, EXACT

Facts = Callable[[], sa.Select[Any]]

MONEY = ("amount", "amount_company")
ONE = sa.literal_column("1", type_=sa.Integer())
DIMENSIONS = {
    "account": Dimension(label=_("Account"), target="crm.Account"),
    "industry": Dimension(label=_("Industry")),
    "country": Dimension(label=_("Country")),
    "product": Dimension(label=_("Product"), target="catalog.Product"),
    "category": Dimension(label=_("Category"), target="catalog.Category"),
    "channel": Dimension(label=_("Channel"), target="sales.Channel"),
    "region": Dimension(label=_("Region")),
    "currency": Dimension(label=_("Currency")),
    "order": Dimension(label=_("Order"), target="sales.Order", traced=True),
    "invoice": Dimension(label=_("Invoice"), target="sales.Invoice", traced=True),
    "original": Dimension(label=_("Day of the original"), traced=True),
    "event": Dimension(label=_("Event"), labels={each.value: each.label for each in EVENTS}),
}


def facts(value: Any, *where: Any, on: Any = LedgerEntry.day) -> Facts:
    """Facts of ``value`` for each entry that fulfils the conditions."""

    def made() -> sa.Select[Any]:
        return (
            sa.select(
                on.label("on"),
                value.label("value"),
                LedgerEntry.user_id.label("user_id"),
                LedgerEntry.id.label("record_id"),
                LedgerEntry.account_id.label("account"),
                Account.industry.label("industry"),
                Account.country.label("country"),
                LedgerEntry.product_id.label("product"),
                Product.category_id.label("category"),
                LedgerEntry.channel_id.label("channel"),
                LedgerEntry.region.label("region"),
                LedgerEntry.currency.label("currency"),
                LedgerEntry.order_id.label("order"),
                LedgerEntry.invoice_id.label("invoice"),
                LedgerEntry.original_day.label("original"),
                LedgerEntry.event.label("event"),
            )
            .select_from(LedgerEntry)
            .outerjoin(
                Account,
                sa.and_(
                    Account.company_id == LedgerEntry.company_id,
                    Account.id == LedgerEntry.account_id,
                ),
            )
            .outerjoin(
                Product,
                sa.and_(
                    Product.company_id == LedgerEntry.company_id,
                    Product.id == LedgerEntry.product_id,
                ),
            )
            .where(*where)
        )

    return made


_amount, _quantity = LedgerEntry.exact_company, LedgerEntry.quantity
# Both with the places that exact amounts have.
_margin = sa.type_coerce(
    _amount - sa.type_coerce(LedgerEntry.cost_company * 10**EXACT.scale, EXACT), EXACT
)
_own = LedgerEntry.overlay.is_(False)


def _kind(name: str) -> Any:
    return LedgerEntry.kind == name


def _measure(name: str, label: Any, unit: Any, found: Facts, description: Any, **kw: Any) -> Any:
    fields = {"money": MONEY, "number": ("quantity",)}.get(unit, ())
    return Measure(
        key=f"sales.{name}", label=label, unit=unit, model="sales.LedgerEntry", facts=found,
        dimensions=DIMENSIONS, description=description, **{"fields": fields, **kw},
    )  # fmt: skip


BOOKED = (
    _measure(
        "booked",
        _("Booked"),
        "money",
        facts(_amount, _kind("booked"), LedgerEntry.event == "booked", _own),
        _("Confirmed orders and their amendments, without tax, on the day of each; nothing is"
          " taken off for what was cancelled or returned."),
    ),
    _measure(
        "booked_net",
        _("Booked, net"),
        "money",
        facts(_amount, _kind("booked"), _own),
        _("Booked, less what was cancelled or returned, on the day of that."),
        headline=True,
    ),
    _measure(
        "booked_restated",
        _("Booked, restated"),
        "money",
        facts(_amount, _kind("booked"), _own, on=LedgerEntry.original_day),
        _("Booked, less what was cancelled or returned by now, on the day of the order: what a"
          " period is worth after all."),
    ),
    _measure(
        "booked_quantity",
        _("Quantity booked, net"),
        "number",
        facts(_quantity, _kind("booked"), _own),
        _("Quantities booked, less what was cancelled or returned, on the day of that."),
    ),
    _measure(
        "overlay",
        _("Overlay credit"),
        "money",
        facts(_amount, _kind("booked"), LedgerEntry.overlay.is_(True)),
        _("Shares of net bookings that people are credited with besides the revenue: they are in"
          " no other figure."),
    ),
)  # fmt: skip

DELIVERED = (
    _measure(
        "delivered",
        _("Delivered"),
        "money",
        facts(_amount, _kind("delivered"), LedgerEntry.event == "delivered", _own),
        _("What was delivered of orders, without tax, on the day of the delivery."),
    ),
    _measure(
        "delivered_net",
        _("Delivered, net"),
        "money",
        facts(_amount, _kind("delivered"), _own),
        _("Delivered, less what came back, on the day of the return."),
    ),
    _measure(
        "delivered_quantity",
        _("Quantity delivered, net"),
        "number",
        facts(_quantity, _kind("delivered"), _own),
        _("Quantities delivered, less what came back, on the day of the return."),
    ),
    _measure(
        "returned",
        _("Returned"),
        "money",
        facts(-_amount, _kind("delivered"), LedgerEntry.event == "returned", _own),
        _("What came back of deliveries, on the day of the return."),
        direction="down",
    ),
)
INVOICED = (
    _measure(
        "invoiced",
        _("Invoiced"),
        "money",
        facts(_amount, _kind("invoiced"), LedgerEntry.event == "invoiced", _own),
        _("Posted invoices, without tax, on their day."),
    ),
    _measure(
        "invoiced_net",
        _("Invoiced, net"),
        "money",
        facts(_amount, _kind("invoiced"), _own),
        _("Posted invoices, less credit notes, each on its day."),
        headline=True,
    ),
    _measure(
        "invoiced_restated",
        _("Invoiced, restated"),
        "money",
        facts(_amount, _kind("invoiced"), _own, on=LedgerEntry.original_day),
        _("Posted invoices, less what was credited by now, on the day of the invoice."),
    ),
    _measure(
        "invoiced_quantity",
        _("Quantity invoiced, net"),
        "number",
        facts(_quantity, _kind("invoiced"), _own),
        _("Quantities invoiced, less those credited, each on its day."),
    ),
    _measure(
        "margin",
        _("Margin invoiced, net"),
        "money",
        facts(
            _margin,
            _kind("invoiced"), _own, LedgerEntry.cost_company.is_not(None),
        ),
        _("Invoiced less what the goods cost, where that is known."),
        fields=(*MONEY, "cost_company"),
    ),
    _measure(
        "costed",
        _("Invoiced with known cost, net"),
        "money",
        facts(_amount, _kind("invoiced"), _own, LedgerEntry.cost_company.is_not(None)),
        _("The part of what is invoiced whose cost is known."),
        fields=(*MONEY, "cost_company"),
    ),
)  # fmt: skip
COLLECTED = (
    _measure(
        "collected",
        _("Collected"),
        "money",
        facts(_amount, _kind("collected"), LedgerEntry.event == "collected", _own),
        _("Posted receipts, with tax, on the day on which the money came in; what is not allocated"
          " yet is credited to the owner of the receipt."),
    ),
    _measure(
        "collected_net",
        _("Collected, net"),
        "money",
        facts(_amount, _kind("collected"), _own),
        _("Collected, less what was paid back, each on its day."),
        headline=True,
    ),
    _measure(
        "refunded",
        _("Refunded"),
        "money",
        facts(-_amount, _kind("collected"), LedgerEntry.event == "refunded", _own),
        _("What was paid back to customers, on the day of that."),
        direction="down",
    ),
)  # fmt: skip
RATIOS = (
    Ratio(
        key="sales.return_rate",
        label=_("Return rate"),
        unit="ratio",
        numerator="sales.returned",
        denominator="sales.delivered",
        direction="down",
        description=_("Returned in the period, of what was delivered in it."),
    ),
    Ratio(
        key="sales.margin_rate",
        label=_("Margin rate"),
        unit="ratio",
        numerator="sales.margin",
        denominator="sales.costed",
        description=_("Margin of what was invoiced, where the cost is known."),
    ),
)

MEASURES = (*BOOKED, *DELIVERED, *INVOICED, *COLLECTED, *RATIOS)
