"""Mailboxes and the mails to them."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.views import FormView, ListView, Related, Section

VIEWS = (
    ListView(
        model="service.Mail",
        columns=("name", "sender", "state", "case", "account", "mailbox", "received_at", "note"),
        filters=("state", "mailbox", "account", "case", "automatic", "received_at", "owner"),
        order="-received_at",
    ),
    FormView(
        model="service.Mail",
        sections=(
            Section(
                title=lazy_pgettext("service", "Mail"),
                fields=(
                    "name", "sender", "state", "case", "note", "words", "sent_at", "received_at",
                    "automatic",
                ),
            ),
            Section(
                title=lazy_pgettext("case", "Customer"), fields=("account", "contact", "owner"),
            ),
            Section(title=_("As it came"), fields=("mailbox", "source", "message_key")),
        ),
    ),
    ListView(
        model="service.Mailbox", columns=("address", "queue", "kind", "priority", "active"),
        filters=("queue", "active"), order="address",
    ),
    FormView(
        model="service.Mailbox",
        sections=(
            Section(
                title=_("Mailbox"), fields=("address", "queue", "kind", "priority", "active"),
            ),
        ),
        related=(
            Related(
                title=lazy_pgettext("service", "Mails"), model="service.Mail", field="mailbox",
                columns=("name", "sender", "state", "case", "received_at"),
            ),
        ),
    ),
)  # fmt: skip
