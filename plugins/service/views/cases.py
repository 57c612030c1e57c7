"""Cases."""

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
        related=(
            Related(
                title=lazy_pgettext("service", "Mails"), model="service.Mail", field="case",
                columns=("received_at", "sender", "name", "automatic"),
            ),
        ),
    ),
)  # fmt: skip
