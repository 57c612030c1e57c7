"""Deliveries and invoices."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.views import ChartView, FormView, KanbanView, ListView, Related, Section

VIEWS = (
    ListView(
        model="sales.Delivery",
        columns=("name", "kind", "status", "order", "delivered_on", "owner"),
        filters=("status", "kind", "owner", "delivered_on"),
        order="-delivered_on",
    ),
    FormView(
        model="sales.Delivery",
        sections=(
            Section(
                title=_("Delivery"),
                fields=("number", "kind", "order", "delivered_on", "tracking", "owner"),
            ),
            Section(title=_("More"), fields=("note", "external_id")),
        ),
        related=(
            Related(
                title=_("Lines"),
                model="sales.DeliveryLine",
                field="delivery",
                columns=("order_line", "quantity"),
            ),
            Related(
                title=_("Ledger"),
                model="sales.LedgerEntry",
                field="delivery",
                columns=("day", "event", "kind", "product", "quantity", "amount"),
            ),
        ),
    ),
    KanbanView(
        model="sales.Delivery",
        group_by="status",
        title="name",
        fields=("kind", "delivered_on", "owner"),
        closed=("cancelled",),
    ),
    ListView(
        model="sales.DeliveryLine",
        columns=("delivery", "order_line", "quantity"),
        filters=("delivery",),
    ),
    ListView(
        model="sales.Invoice",
        columns=("name", "kind", "status", "invoiced_on", "due_on", "owner", "total"),
        filters=("status", "kind", "owner", "invoiced_on", "account", "due_on"),
        order="-invoiced_on",
    ),
    FormView(
        model="sales.Invoice",
        sections=(
            Section(
                title=_("Invoice"),
                fields=(
                    "number", "kind", "account", "order", "corrects", "invoiced_on",
                    "payment_days", "due_on", "owner", "currency",
                ),
            ),
            Section(
                title=_("Amounts"),
                fields=("amount", "tax", "total", "total_company", "rate", "rate_on"),
            ),
            Section(
                title=_("More"), fields=("channel", "region", "settled", "note", "external_id")
            ),
        ),
        related=(
            Related(
                title=_("Lines"),
                model="sales.InvoiceLine",
                field="invoice",
                columns=(
                    "product", "description", "quantity", "price", "discount", "tax_rate",
                    "amount", "tax",
                ),
            ),
            Related(
                title=_("Receivables"),
                model="sales.Receivable",
                field="invoice",
                columns=("due_on", "amount", "paid", "open", "status"),
            ),
            Related(
                title=_("Credit notes"),
                model="sales.Invoice",
                field="corrects",
                columns=("name", "status", "invoiced_on", "total"),
            ),
            Related(
                title=_("Ledger"),
                model="sales.LedgerEntry",
                field="invoice",
                columns=("day", "event", "kind", "product", "quantity", "amount"),
            ),
        ),
    ),
    ChartView(model="sales.Invoice", by="invoiced_on__month", split="kind"),
    ListView(
        model="sales.InvoiceLine",
        columns=(
            "invoice", "product", "description", "quantity", "price", "discount", "amount", "tax"
        ),
        filters=("invoice", "product"),
        order="position",
    ),
    FormView(
        model="sales.InvoiceLine",
        sections=(
            Section(
                title=_("Invoice line"),
                fields=(
                    "invoice", "product", "quantity", "price", "discount", "tax_rate",
                    "description", "agreed", "position", "cost", "order_line", "corrects",
                ),
            ),
            Section(
                title=_("Amounts"), fields=("amount", "tax", "net", "currency", "external_id")
            ),
        ),
    ),
)  # fmt: skip
