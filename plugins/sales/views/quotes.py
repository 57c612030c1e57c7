"""Quotes."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.views import ChartView, FormView, KanbanView, ListView, Related, Section
from plugins.sales.preview import of_line

VIEWS = (
    ListView(
        model="sales.Quote",
        columns=("name", "status", "quoted_on", "valid_until", "owner", "total"),
        filters=("status", "owner", "quoted_on", "account", "valid_until", "opportunity",
                 "channel", "leading"),
        order="-id",
        totals=("amount_company",),
    ),
    FormView(
        model="sales.Quote",
        sections=(
            Section(
                title=_("Quote"),
                fields=(
                    "account", "contact", "opportunity", "leading", "subject", "quoted_on",
                    "valid_until", "owner", "currency", "discount", "coupons", "payment_days",
                ),
            ),
            Section(
                title=_("Amounts"),
                fields=("amount", "tax", "total", "amount_company", "price_check"),
            ),
            Section(title=_("Texts"), fields=("opening", "terms", "note")),
            Section(
                title=_("More"),
                fields=(
                    "number", "revision", "previous", "channel", "region",
                    "release_reason", "released_by", "decided_on", "decided_by",
                    "decline_reason", "external_id",
                ),
            ),
        ),
        related=(
            Related(
                title=_("Lines"),
                model="sales.QuoteLine",
                field="quote",
                columns=(
                    "product", "description", "quantity", "price", "taken_off", "discount",
                    "tax_rate", "optional", "chosen", "amount",
                ),
            ),
            Related(
                title=_("Next versions"),
                model="sales.Quote",
                field="previous",
                columns=("name", "status", "quoted_on", "total"),
            ),
            Related(
                title=_("Orders"),
                model="sales.Order",
                field="quote",
                columns=("name", "status", "ordered_on", "total"),
            ),
        ),
    ),
    KanbanView(
        model="sales.Quote",
        group_by="status",
        title="name",
        fields=("total", "valid_until", "owner"),
        total="amount_company",
        closed=("replaced", "declined", "expired"),
    ),
    ChartView(
        model="sales.Quote", by="quoted_on__month", figure="amount_company__sum", split="status"
    ),
    ListView(
        model="sales.QuoteLine",
        columns=("quote", "product", "description", "quantity", "price", "discount", "amount"),
        filters=("quote", "product"),
        order="position",
    ),
    FormView(
        model="sales.QuoteLine",
        preview=of_line,
        sections=(
            Section(
                title=_("Quote line"),
                fields=(
                    "quote", "product", "quantity", "price", "discount", "tax_rate",
                    "description", "group", "optional", "chosen", "agreed", "position", "cost",
                ),
            ),
            Section(
                title=_("Amounts"),
                fields=("amount", "tax", "list_price", "taken_off", "net", "by_hand", "gift",
                        "price_check", "currency", "external_id"),
            ),
        ),
    ),
)  # fmt: skip
