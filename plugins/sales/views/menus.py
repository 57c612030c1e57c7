"""Entries of the side menu."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.menus import MenuItem

MENUS = (
    MenuItem(
        id="quotes", label=_("Quotes"), model="sales.Quote", order=5, icon="file-earmark-text"
    ),
    MenuItem(id="orders", label=_("Orders"), model="sales.Order", order=10, icon="receipt"),
    MenuItem(
        id="deliveries", label=_("Deliveries"), model="sales.Delivery", order=20, icon="truck"
    ),
    MenuItem(
        id="invoices", label=_("Invoices"), model="sales.Invoice", order=30, icon="file-text"
    ),
    MenuItem(
        id="receivables", label=_("Receivables"), model="sales.Receivable", order=40,
        icon="calendar-check",
    ),
    MenuItem(id="receipts", label=_("Receipts"), model="sales.Receipt", order=50, icon="cash-coin"),
    MenuItem(
        id="ageing", label=_("Receivables by age"), endpoint="sales.receivables",
        permission="sales.receivables", order=60, icon="clock-history",
    ),
    MenuItem(
        id="statement", label=_("Statement"), endpoint="sales.statement",
        permission="sales.statement", order=70, icon="table",
    ),
    MenuItem(
        id="ledger", label=_("Sales ledger"), model="sales.LedgerEntry", order=80,
        icon="journal-text",
    ),
    MenuItem(id="channels", label=_("Channels"), model="sales.Channel", order=90, icon="signpost"),
)  # fmt: skip
