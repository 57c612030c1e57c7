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

VISITS = (
    ListView(
        model="service.Visit",
        columns=(
            "name", "account", "due_on", "owner", "state", "csat", "nps", "score",
            "score_change", "bad", "themes", "done_on",
        ),
        filters=(
            "state", "owner", "due_on", "bad", "account", "plan", "questionnaire", "product",
            "done_on",
        ),
        order="due_on",
    ),
    KanbanView(
        model="service.Visit", group_by="state", title="name",
        fields=("due_on", "owner", "score"), order="due_on", closed=("done", "cancelled"),
    ),
    CalendarView(
        model="service.Visit", start="due_on", title="name", tone="state", fields=("owner",),
    ),
    ChartView(model="service.Visit", by="due_on__month", split="state"),
    PivotView(model="service.Visit", rows=("owner",), columns=("state",)),
    FormView(
        model="service.Visit",
        sections=(
            Section(
                title=_("Return visit"),
                fields=("name", "state", "due_on", "owner", "attempts", "questionnaire"),
            ),
            Section(
                title=lazy_pgettext("case", "Customer"),
                fields=("account", "contact", "product", "order_number", "case", "plan"),
            ),
            Section(
                title=_("What came of it"),
                fields=(
                    "comment", "themes", "csat", "nps", "score", "bad", "follow", "previous",
                    "score_change", "done_at",
                ),
            ),
        ),
        related=(
            Related(
                title=lazy_pgettext("questionnaire", "Answers"), model="service.Answer",
                field="visit", columns=("question", "value", "words", "bad"),
            ),
        ),
    ),
    ListView(
        model="service.VisitPlan",
        columns=("name", "trigger", "days", "condition", "product", "questionnaire", "active"),
        filters=("trigger", "active", "questionnaire"), order="name",
    ),
    FormView(
        model="service.VisitPlan",
        sections=(
            Section(
                title=_("Return visit plan"),
                fields=("name", "trigger", "days", "since", "active"),
            ),
            Section(
                title=_("Whom"), fields=("condition", "product", "questionnaire", "owner"),
            ),
            Section(
                title=_("After a bad answer"),
                fields=("case_priority", "case_owner", "again_days"),
            ),
        ),
        related=(
            Related(
                title=_("Return visits"), model="service.Visit", field="plan",
                columns=("name", "due_on", "owner", "state", "score"),
            ),
        ),
    ),
    ListView(
        model="service.Questionnaire", columns=("name", "revision", "state"),
        filters=("state",), order="name",
    ),
    FormView(
        model="service.Questionnaire",
        sections=(
            Section(title=_("Questionnaire"), fields=("name", "revision", "state", "opening")),
        ),
        related=(
            Related(
                title=lazy_pgettext("questionnaire", "Questions"), model="service.Question",
                field="questionnaire",
                columns=("position", "name", "answer", "required", "bad_at"),
            ),
        ),
    ),
    ListView(
        model="service.Question",
        columns=("questionnaire", "position", "name", "answer", "required", "bad_at"),
        filters=("questionnaire", "answer"), order="position",
    ),
    ListView(
        model="service.Answer", columns=("visit", "question", "value", "words", "bad"),
        filters=("question", "bad"), order="-id",
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
        id="visits", label=_("Return visits"), model="service.Visit", order=20,
        icon="telephone-outbound",
    ),
    MenuItem(
        id="satisfaction", label=_("Satisfaction"), endpoint="service.satisfaction",
        permission="service.Visit.read", order=30, icon="emoji-smile",
    ),
    MenuItem(
        id="figures", label=_("Figures of cases"), endpoint="service.figures",
        permission="service.Case.read", order=32, icon="bar-chart",
    ),
    MenuItem(
        id="plans", label=_("Return visit plans"), model="service.VisitPlan",
        permission="service.VisitPlan.update", order=70, icon="calendar-range",
    ),
    MenuItem(
        id="questionnaires", label=_("Questionnaires"), model="service.Questionnaire",
        permission="service.Questionnaire.update", order=72, icon="ui-checks",
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
