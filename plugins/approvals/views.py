"""Lists, forms and menu entries of approvals."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.menus import MenuItem
from plugin_api.views import (
    CalendarView,
    FormView,
    KanbanView,
    ListView,
    PivotView,
    Related,
    Section,
)

VIEWS = (
    ListView(
        model="approvals.Decision",
        columns=("name", "asker", "step", "owner", "state", "asked_at", "decided_at"),
        filters=("state", "owner", "asker", "asked_at", "mode"),
        order="-asked_at",
    ),
    KanbanView(
        model="approvals.Decision", group_by="state", title="name",
        fields=("asker", "owner", "asked_at"), order="-asked_at", closed=("passed", "dropped"),
    ),
    FormView(
        model="approvals.Decision",
        sections=(
            Section(
                title=lazy_pgettext("approval", "Decision"),
                fields=("name", "asker", "why", "step", "owner", "state", "comment"),
            ),
            Section(
                title=lazy_pgettext("approval", "How it went"),
                fields=("asked_at", "decided_at", "by", "to"),
            ),
        ),
    ),
    ListView(
        model="approvals.Request",
        columns=("name", "owner", "figure", "state", "asked_at", "hours"),
        filters=("state", "owner", "move", "asked_at", "rule"),
        order="-asked_at",
    ),
    CalendarView(
        model="approvals.Request", start="asked_at", end="decided_at", title="name", tone="state",
    ),
    PivotView(model="approvals.Request", rows=("move",), columns=("state",)),
    FormView(
        model="approvals.Request",
        sections=(
            Section(
                title=_("Approval request"),
                fields=("name", "move", "about_id", "owner", "comment", "state", "answer"),
            ),
            Section(
                title=lazy_pgettext("approval", "How it went"),
                fields=("rule", "figure", "asked_at", "decided_at", "hours"),
            ),
        ),
        related=(
            Related(
                title=lazy_pgettext("approval", "Decisions"), model="approvals.Decision",
                field="request", columns=("step", "owner", "state", "by", "decided_at", "comment"),
            ),
        ),
    ),
    ListView(
        model="approvals.Rule",
        columns=("position", "name", "move", "figure", "at_least", "below", "active"),
        filters=("move", "active"),
        order="position",
    ),
    FormView(
        model="approvals.Rule",
        sections=(
            Section(title=_("Approval rule"), fields=("name", "move", "condition", "position",
                                                      "active")),
            Section(title=_("From which figure on"), fields=("figure", "at_least", "below")),
        ),
        related=(
            Related(
                title=lazy_pgettext("approval", "Steps"), model="approvals.Step", field="rule",
                columns=("position", "name", "who", "role", "person", "mode", "at_least"),
            ),
        ),
    ),
    ListView(
        model="approvals.Step",
        columns=("rule", "position", "name", "who", "role", "person", "mode", "at_least"),
        filters=("rule", "who"), order="position",
    ),
)  # fmt: skip

MENUS = (
    MenuItem(
        id="decisions", label=_("To be decided"), model="approvals.Decision", order=10,
        icon="check2-square",
    ),
    MenuItem(
        id="requests", label=_("Approval requests"), model="approvals.Request", order=20,
        icon="send",
    ),
    MenuItem(
        id="rules", label=_("Approval rules"), model="approvals.Rule",
        permission="approvals.Rule.update", order=30, icon="signpost-split",
    ),
)  # fmt: skip
