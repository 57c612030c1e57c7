"""Rules, who takes part, what was given, and the side menu."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.menus import MenuItem
from plugin_api.views import ChartView, FormView, ListView, PivotView, Related, Section
from plugins.assignment.access import FAIRNESS

VIEWS = (
    ListView(
        model="assignment.Rule",
        columns=("name", "kind", "condition", "whose", "method", "position", "active"),
        filters=("kind", "method", "active"),
        order="position",
    ),
    FormView(
        model="assignment.Rule",
        sections=(
            Section(
                title=_("Assignment rule"),
                fields=("name", "kind", "position", "condition", "whose", "method", "active"),
            ),
        ),
        related=(
            Related(
                title=_("Who takes part"), model="assignment.Member", field="rule",
                columns=("user", "weight", "capacity", "territory"),
            ),
            Related(
                title=_("Given out"), model="assignment.Given", field="rule",
                columns=("name", "user", "on"),
            ),
        ),
    ),
    ListView(
        model="assignment.Member",
        columns=("rule", "user", "weight", "capacity", "territory"),
        filters=("rule", "user"), order="rule",
    ),
    ListView(
        model="assignment.Given",
        columns=("name", "rule", "user", "on", "lead", "account"),
        filters=("rule", "user", "on"), order="-at",
    ),
    ChartView(model="assignment.Given", by="on__month", split="user"),
    PivotView(model="assignment.Given", rows=("user",), columns=("rule",)),
)  # fmt: skip

MENUS = (
    MenuItem(
        id="fairness", label=_("Fairness"), endpoint="assignment.fairness", permission=FAIRNESS,
        order=10, icon="bar-chart-steps",
    ),
    MenuItem(
        id="given", label=_("Given out"), model="assignment.Given", order=20, icon="send-check",
    ),
    MenuItem(
        id="rules", label=_("Assignment rules"), model="assignment.Rule",
        permission="assignment.Rule.update", order=80, icon="signpost-2",
    ),
)  # fmt: skip
