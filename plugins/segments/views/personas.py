"""Personas and the accounts that have them."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.views import ChartView, FormView, ListView, Related, Section

VIEWS = (
    ListView(
        model="segments.Persona",
        columns=("name", "condition", "contact_condition", "buying_role", "budget", "position"),
        filters=("active",),
        order="position",
    ),
    FormView(
        model="segments.Persona",
        sections=(
            Section(
                title=_("Persona"),
                fields=("name", "description", "position", "active"),
            ),
            Section(title=_("Who has it"), fields=("condition", "contact_condition")),
            Section(
                title=_("What they want"),
                fields=("needs", "pains", "triggers", "objections", "buying_role", "channels",
                        "budget"),
            ),
            Section(title=_("How to sell to them"), fields=("playbook",)),
        ),
        related=(
            Related(
                title=_("Accounts"), model="segments.Match", field="persona",
                columns=("account", "contact", "since"),
            ),
        ),
    ),
    ListView(
        model="segments.Match", columns=("account", "persona", "contact", "since"),
        filters=("persona", "since", "account"), order="-since",
    ),
    ChartView(model="segments.Match", by="persona"),
)  # fmt: skip
