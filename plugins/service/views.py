"""Lists, forms, boards and menu entries of service."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.menus import MenuItem
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

CASE_COLUMNS = ("number", "name", "state", "priority", "owner", "solution_due", "solution_standing")

VIEWS = (
    ListView(
        model="service.Case",
        columns=(
            "number", "name", "account", "state", "priority", "kind", "queue", "owner",
            "answer_standing", "solution_due", "solution_standing", "opened_at",
        ),
        filters=(
            "state", "priority", "owner", "account", "solution_standing", "kind", "channel",
            "queue", "product", "answer_standing", "escalated", "opened_on", "solved_on",
        ),
        order="-opened_at",
    ),
    KanbanView(
        model="service.Case", group_by="state", title="name",
        fields=("number", "account", "priority", "owner", "solution_due"),
        order="solution_due", closed=("closed",),
    ),
    CalendarView(
        model="service.Case", start="opened_at", end="solved_at", title="name", tone="priority",
        fields=("account", "owner"),
    ),
    ChartView(model="service.Case", by="opened_on__month", split="priority"),
    PivotView(model="service.Case", rows=("owner",), columns=("state",)),
    FormView(
        model="service.Case",
        sections=(
            Section(
                title=lazy_pgettext("service", "Case"),
                fields=("name", "number", "state", "priority", "kind", "channel", "description"),
            ),
            Section(
                title=lazy_pgettext("case", "Customer"),
                fields=("account", "contact", "product", "order_number", "external_id"),
            ),
            Section(title=_("Who looks after it"), fields=("queue", "owner", "escalated")),
            Section(
                title=_("Solution"), fields=("cause", "solution", "reopen_reason", "reopened"),
            ),
            Section(
                title=_("Service level"),
                fields=(
                    "policy", "opened_at", "answer_due", "answered_at", "answer_standing",
                    "solution_due", "solved_at", "solution_standing", "solution_hours",
                    "closed_on",
                ),
            ),
        ),
    ),
    ListView(
        model="service.Queue",
        columns=("position", "name", "condition", "method", "lead", "active"),
        filters=("method", "active"), order="position",
    ),
    FormView(
        model="service.Queue",
        sections=(
            Section(
                title=_("Queue"),
                fields=("name", "position", "condition", "method", "lead", "active"),
            ),
        ),
        related=(
            Related(
                title=_("Members"), model="service.Member", field="queue",
                columns=("user", "skills", "weight", "capacity"),
            ),
            Related(
                title=lazy_pgettext("service", "Cases"), model="service.Case", field="queue",
                columns=CASE_COLUMNS,
            ),
        ),
    ),
    ListView(
        model="service.Member", columns=("queue", "user", "skills", "weight", "capacity"),
        filters=("queue", "user"), order="queue",
    ),
    ListView(
        model="service.Policy",
        columns=(
            "position", "name", "priority", "condition", "answer_minutes", "solution_minutes",
            "clock", "active",
        ),
        filters=("priority", "clock", "active"), order="position",
    ),
    FormView(
        model="service.Policy",
        sections=(
            Section(
                title=_("Service level"),
                fields=("name", "position", "priority", "condition", "active"),
            ),
            Section(title=_("Promise"), fields=("answer_minutes", "solution_minutes")),
            Section(
                title=_("Working hours"),
                fields=("clock", "starts", "break_starts", "break_ends", "ends"),
            ),
            Section(title=_("Warning"), fields=("warn_percent", "escalate_to")),
        ),
    ),
)  # fmt: skip

MENUS = (
    MenuItem(
        id="cases", label=lazy_pgettext("service", "Cases"), model="service.Case", order=10,
        icon="headset",
    ),
    MenuItem(
        id="board", label=_("Board of cases"), model="service.Case", view="kanban", order=12,
        icon="kanban",
    ),
    MenuItem(
        id="queues", label=_("Queues"), model="service.Queue",
        permission="service.Queue.update", order=80, icon="people",
    ),
    MenuItem(
        id="policies", label=_("Service levels"), model="service.Policy",
        permission="service.Policy.update", order=82, icon="stopwatch",
    ),
)  # fmt: skip
