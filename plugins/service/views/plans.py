"""Return visit plans and questionnaires."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.views import FormView, ListView, Related, Section

VIEWS = (
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
)  # fmt: skip
