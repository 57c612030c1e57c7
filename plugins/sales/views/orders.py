"""Orders and channels."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.views import (
    CalendarView,
    ChartView,
    FormView,
    KanbanView,
    ListView,
    PivotView,
    Related,
    Section,
)
from plugins.sales.preview import of_line

VIEWS = (
    ListView(
        model="sales.Order",
        columns=("name", "status", "ordered_on", "owner", "total", "billed", "deliver_by"),
        filters=("status", "owner", "ordered_on", "account", "channel", "billed", "region"),
        order="-ordered_on",
        totals=("amount_company",),
    ),
    FormView(
        model="sales.Order",
        sections=(
            Section(
                title=_("Order"),
                fields=(
                    "account", "contact", "ordered_on", "deliver_by", "owner",
                    "customer_reference", "currency", "discount", "coupons", "number",
                ),
            ),
            Section(
                title=_("Amounts"),
                fields=(
                    "amount", "tax", "total", "amount_company", "rate", "rate_on", "billed",
                    "list_amount", "planned", "unplanned", "price_check",
                ),
            ),
            Section(
                title=lazy_pgettext("order", "Version"),
                fields=("revision", "amended_on", "amended_by", "change_reason"),
            ),
            Section(
                title=_("More"),
                fields=(
                    "credited", "channel", "region", "opportunity", "quote", "payment_days",
                    "delivery_address", "note", "closed_on", "cancel_reason", "entered",
                    "external_id",
                ),
            ),
        ),
        related=(
            Related(
                title=_("Lines"),
                model="sales.OrderLine",
                field="order",
                columns=(
                    "product", "description", "quantity", "price", "taken_off", "discount",
                    "tax_rate", "amount", "delivered", "invoiced",
                ),
            ),
            Related(
                title=_("Deliveries"),
                model="sales.Delivery",
                field="order",
                columns=("name", "kind", "status", "delivered_on"),
            ),
            Related(
                title=_("Invoices"),
                model="sales.Invoice",
                field="order",
                columns=("name", "kind", "status", "invoiced_on", "total"),
            ),
            Related(
                title=_("Payment plan"),
                model="sales.Receivable",
                field="order",
                columns=(
                    "label", "share", "fixed", "due_rule", "due_on", "amount", "paid", "status"
                ),
            ),
            Related(
                title=_("Versions before"),
                model="sales.OrderVersion",
                field="order",
                columns=("revision", "amended_on", "amended_by", "change_reason", "total"),
            ),
            Related(
                title=_("Credits"),
                model="sales.OrderCredit",
                field="order",
                columns=("user", "kind", "share"),
            ),
            Related(
                title=_("Ledger"),
                model="sales.LedgerEntry",
                field="order",
                columns=("day", "event", "kind", "document", "product", "quantity", "amount"),
            ),
        ),
    ),
    KanbanView(
        model="sales.Order",
        group_by="status",
        title="name",
        fields=("total", "ordered_on", "owner"),
        total="amount_company",
        closed=("closed", "cancelled"),
    ),
    CalendarView(
        model="sales.Order", start="deliver_by", title="name", tone="status", fields=("owner",)
    ),
    ChartView(
        model="sales.Order", by="ordered_on__month", figure="amount_company__sum", split="status"
    ),
    PivotView(
        model="sales.Order", rows=("owner",), columns=("ordered_on__quarter",),
        figure="amount_company__sum",
    ),
    ListView(
        model="sales.OrderLine",
        columns=(
            "order", "product", "description", "quantity", "price", "discount", "amount",
            "delivered", "invoiced",
        ),
        filters=("order", "product"),
        order="position",
    ),
    FormView(
        model="sales.OrderLine",
        preview=of_line,
        sections=(
            Section(
                title=_("Order line"),
                fields=(
                    "order", "product", "quantity", "price", "discount", "tax_rate",
                    "description", "agreed", "position", "cost",
                ),
            ),
            Section(
                title=_("Carried out"),
                fields=(
                    "amount", "tax", "list_price", "taken_off", "net", "by_hand", "gift",
                    "price_check", "currency", "booked_on", "delivered",
                    "returned", "invoiced", "cancelled", "external_id",
                ),
            ),
        ),
    ),
    ListView(
        model="sales.OrderCredit", columns=("order", "user", "kind", "share"),
        filters=("user", "kind"),
    ),
    ListView(model="sales.Channel", columns=("name", "parent"), order="name"),
    FormView(
        model="sales.Channel",
        sections=(
            Section(
                title=_("Channel"), fields=("name", "parent", "description", "external_id")
            ),
        ),
        related=(
            Related(
                title=_("Within it"), model="sales.Channel", field="parent", columns=("name",)
            ),
            Related(
                title=_("Orders"),
                model="sales.Order",
                field="channel",
                columns=("name", "status", "ordered_on", "total"),
            ),
        ),
    ),
)  # fmt: skip
