"""How a job is shown."""

from __future__ import annotations

from plugin_api.views import FormView, Related, Section

VIEWS = (
    FormView(
        model="workshop.Job",
        sections=(
            Section(
                title="Job",
                fields=("name", "number", "external_id", "owner", "client", "contact", "bench",
                        "kind", "fee", "currency", "hours", "margin", "priority", "urgent"),
            ),
            Section(title="Time", fields=("due", "done_on", "called_at", "note")),
        ),
        related=(
            Related(title="Parts", model="workshop.Part", field="job", columns=("name",)),
            Related(title="Shares", model="workshop.Share", field="job", columns=("user",)),
        ),
    ),
)  # fmt: skip
