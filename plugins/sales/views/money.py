"""What is to be paid, and what was."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.views import (
    CalendarView,
    ChartView,
    FormView,
    KanbanView,
    ListView,
    Related,
    Section,
)

PARTS = Related(
    title=_("Allocations"),
    model="sales.Allocation",
    field="receivable",
    columns=("receipt", "amount"),
)

VIEWS = (
    ListView(
        model="sales.Receivable",
        columns=("name", "due_on", "status", "amount", "paid", "open", "owner"),
        filters=("status", "due_on", "owner", "account", "open", "order", "invoice", "due_rule",
                 "settled", "currency"),
        order="due_on",
        totals=("open_company",),
    ),
    FormView(
        model="sales.Receivable",
        sections=(
            Section(
                title=_("Instalment"),
                fields=(
                    "order", "position", "label", "share", "fixed", "due_rule", "due_days",
                    "month_end", "due_on",
                ),
            ),
            Section(
                title=_("Amounts"),
                fields=("amount", "paid", "open", "currency", "amount_company", "open_company"),
            ),
            Section(title=_("More"), fields=("account", "invoice", "owner", "note", "external_id")),
        ),
        related=(PARTS,),
    ),
    KanbanView(
        model="sales.Receivable",
        group_by="status",
        title="name",
        fields=("due_on", "open", "owner"),
        total="open_company",
        order="due_on",
    ),
    CalendarView(
        model="sales.Receivable", start="due_on", title="name", tone="status", fields=("open",)
    ),
    ChartView(
        model="sales.Receivable", by="due_on__month", figure="open_company__sum", split="status"
    ),
    ListView(
        model="sales.Receipt",
        columns=("name", "kind", "status", "received_on", "method", "amount", "unallocated",
                 "owner"),
        filters=("status", "kind", "owner", "received_on", "account", "method", "unallocated"),
        order="-received_on",
        totals=("amount_company", "unallocated_company"),
    ),
    FormView(
        model="sales.Receipt",
        sections=(
            Section(
                title=_("Receipt"),
                fields=(
                    "account", "amount", "currency", "received_on", "method", "bank_reference",
                    "owner",
                ),
            ),
            Section(
                title=_("Allocated"),
                fields=(
                    "allocated", "refunded", "unallocated", "amount_company", "rate", "rate_on"
                ),
            ),
            Section(
                title=_("More"),
                fields=(
                    "number", "kind", "refunds", "note", "reversed_on", "reverse_reason",
                    "entered", "external_id",
                ),
            ),
        ),
        related=(
            Related(
                title=_("Allocations"),
                model="sales.Allocation",
                field="receipt",
                columns=("receivable", "amount"),
            ),
            Related(
                title=_("Refunds"),
                model="sales.Receipt",
                field="refunds",
                columns=("name", "status", "received_on", "amount"),
            ),
            Related(
                title=_("Ledger"),
                model="sales.LedgerEntry",
                field="receipt",
                columns=("day", "event", "order", "invoice", "user", "amount"),
            ),
        ),
    ),
    ChartView(
        model="sales.Receipt", by="received_on__month", figure="amount_company__sum", split="kind"
    ),
    ListView(
        model="sales.Allocation", columns=("receipt", "receivable", "amount"),
        filters=("receipt", "receivable"),
    ),
    FormView(
        model="sales.Allocation",
        sections=(
            Section(
                title=_("Allocation"),
                fields=("receipt", "receivable", "amount", "invoice", "currency", "external_id"),
            ),
        ),
    ),
)  # fmt: skip
