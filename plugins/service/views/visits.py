"""Return visits and what was answered."""

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
        model="service.Visit",
        columns=(
            "name", "account", "due_on", "owner", "state", "csat", "nps", "score",
            "score_change", "bad", "themes", "done_on",
        ),
        filters=(
            "state", "owner", "due_on", "bad", "account", "plan", "questionnaire", "product",
            "done_on", "link_until", "by_link",
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
                fields=(
                    "account", "contact", "product", "order_number", "case", "plan", "link_until",
                ),
            ),
            Section(
                title=_("What came of it"),
                fields=(
                    "comment", "themes", "csat", "nps", "score", "bad", "follow", "previous",
                    "score_change", "done_at", "by_link",
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
        model="service.Answer", columns=("visit", "question", "value", "words", "bad"),
        filters=("question", "bad"), order="-id",
    ),
)  # fmt: skip
