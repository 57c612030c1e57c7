"""How webhooks and what was sent to them are shown."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.views import FormView, ListView, Related, Section, View

VIEWS: tuple[View, ...] = (
    ListView(
        model="core.Webhook",
        columns=("name", "address", "model", "state", "failures", "user"),
        filters=("state", "model"),
        order="name",
    ),
    FormView(
        model="core.Webhook",
        sections=(
            Section(title=_("Webhook"), fields=("name", "address")),
            Section(
                title=_("What it is told"),
                fields=("model", "filter", "on_create", "on_update", "on_transition", "on_delete"),
            ),
            Section(title=_("How it goes"), fields=("state", "reason", "failures", "user")),
        ),
        related=(
            Related(
                title=_("Sent messages"), model="core.WebhookDelivery", field="webhook",
                columns=("event", "record_id", "state", "status", "attempts", "sent_at"),
            ),
        ),
    ),
    ListView(
        model="core.WebhookDelivery",
        columns=("webhook", "event", "record_id", "state", "status", "attempts", "sent_at", "took"),
        filters=("webhook", "state", "event"),
        order="-id",
    ),
    FormView(
        model="core.WebhookDelivery",
        sections=(
            Section(title=_("Message"), fields=("webhook", "event", "message", "record_id")),
            Section(
                title=_("How it goes"),
                fields=("state", "attempts", "due_at", "sent_at", "took", "error"),
            ),
            Section(title=_("Answer"), fields=("status", "answer")),
            Section(title=_("Sent text"), fields=("body",)),
        ),
    ),
)  # fmt: skip
