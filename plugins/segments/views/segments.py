"""Segments, their members, and scores of recency, frequency and money."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.views import ChartView, FormView, ListView, PivotView, Related, Section

VIEWS = (
    ListView(
        model="segments.Segment",
        columns=("name", "kind", "members", "cell", "condition", "counted_on", "position"),
        filters=("kind", "cell", "active"),
        order="position",
    ),
    FormView(
        model="segments.Segment",
        sections=(
            Section(
                title=_("Segment"),
                fields=("name", "kind", "description", "position", "active"),
            ),
            Section(title=_("Who is in it"), fields=("condition", "cell", "members", "counted_on")),
        ),
        related=(
            Related(
                title=_("Members"), model="segments.Membership", field="segment",
                columns=("account", "joined", "left"),
            ),
            Related(
                title=_("And by figures"), model="segments.Figure", field="segment",
                columns=("measure", "days", "at_least", "at_most"),
            ),
        ),
    ),
    ListView(
        model="segments.Membership",
        columns=("account", "segment", "joined", "left"),
        filters=("segment", "account", "joined", "left"),
        order="-joined",
    ),
    ChartView(model="segments.Membership", by="joined__month", split="segment"),
    PivotView(model="segments.Membership", rows=("segment",), columns=("joined__month",)),
    ListView(
        model="segments.Figure", columns=("segment", "measure", "days", "at_least", "at_most"),
        filters=("segment",), order="segment",
    ),
    ListView(
        model="segments.Score",
        columns=("account", "cell", "r", "f", "m", "last_on", "orders", "money"),
        filters=("cell", "r", "f", "m", "last_on"),
        order="-money",
    ),
    PivotView(model="segments.Score", rows=("cell",), figure="money__sum"),
    ChartView(model="segments.Score", by="cell"),
    FormView(
        model="segments.Score",
        sections=(
            Section(
                title=lazy_pgettext("rfm", "Scores"),
                fields=("account", "cell", "r", "f", "m", "first_on", "last_on", "orders",
                        "money"),
            ),
        ),
    ),
    ListView(
        model="segments.Cut", columns=("dimension", "score", "limit", "fixed_on"),
        filters=("dimension",), order="score",
    ),
)  # fmt: skip
