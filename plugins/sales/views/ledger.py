"""The ledger."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.views import ChartView, FormView, ListView, PivotView, Section

VIEWS = (
    ListView(
        model="sales.LedgerEntry",
        columns=(
            "day", "event", "document", "account", "product", "user", "quantity", "amount",
            "amount_company",
        ),
        filters=("kind", "event", "day", "user", "account", "product", "channel", "order",
                 "invoice", "receipt", "original_day", "overlay", "region"),
        order="-day",
        totals=("amount_company",),
    ),
    FormView(
        model="sales.LedgerEntry",
        sections=(
            Section(
                title=_("Event"),
                fields=(
                    "day", "event", "kind", "document", "order", "delivery", "invoice", "receipt",
                    "reverses", "original_day",
                ),
            ),
            Section(
                title=_("For whom"),
                fields=("user", "overlay", "account", "product", "channel", "region"),
            ),
            Section(
                title=_("Amounts"),
                fields=(
                    "quantity", "amount", "currency", "rate", "rate_on", "amount_company",
                    "cost_company",
                ),
            ),
        ),
    ),
    ChartView(
        model="sales.LedgerEntry", by="day__month", figure="amount_company__sum", split="kind"
    ),
    PivotView(
        model="sales.LedgerEntry", rows=("user",), columns=("kind", "event"),
        figure="amount_company__sum",
    ),
)  # fmt: skip
