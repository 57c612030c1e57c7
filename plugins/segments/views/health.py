"""How well accounts are, by what, and how many customers stay."""

from __future__ import annotations

from plugin_api.context import lazy_pgettext
from plugin_api.views import ChartView, FormView, ListView, PivotView, Section

VIEWS = (
    ListView(
        model="segments.Health", columns=("account", "month", "score", "change"),
        filters=("month", "score", "change", "account"), order="change",
    ),
    ChartView(model="segments.Health", by="month__month", figure="score__avg", draw="line"),
    PivotView(model="segments.Health", rows=("month__month",), figure="score__avg"),
    FormView(
        model="segments.Health",
        sections=(
            Section(
                title=lazy_pgettext("account", "Health"),
                fields=("account", "month", "score", "change"),
            ),
        ),
    ),
    ListView(
        model="segments.Factor", columns=("kind", "weight", "none_at", "full_at"),
        filters=("active",), order="-weight",
    ),
    FormView(
        model="segments.Factor",
        sections=(
            Section(
                title=lazy_pgettext("health", "Factor"),
                fields=("kind", "weight", "none_at", "full_at", "active"),
            ),
        ),
    ),
    ListView(
        model="segments.Retention", columns=("grade", "customers", "stayed", "counted_on"),
        filters=("grade",), order="grade",
    ),
)  # fmt: skip
