"""Queues with their members, and service levels."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.views import FormView, ListView, Related, Section

CASE_COLUMNS = ("number", "name", "state", "priority", "owner", "solution_due", "solution_standing")

VIEWS = (
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
