"""Rules, their conditions, and the side menu."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.menus import MenuItem
from plugin_api.views import FormView, ListView, Related, Section

VIEWS = (
    ListView(
        model="duplicates.Rule",
        columns=("name", "model", "against", "combine", "action", "archived", "active"),
        filters=("model", "action", "active"), order="name",
    ),
    FormView(
        model="duplicates.Rule",
        sections=(
            Section(
                title=_("Duplicate rule"),
                fields=("name", "model", "against", "combine", "action", "archived", "active"),
            ),
        ),
        related=(
            Related(
                title=lazy_pgettext("duplicates", "Conditions"), model="duplicates.Condition",
                field="rule", columns=("field", "other", "method", "threshold"),
            ),
        ),
    ),
    ListView(
        model="duplicates.Condition", columns=("rule", "field", "other", "method", "threshold"),
        filters=("rule", "method"), order="rule",
    ),
)  # fmt: skip

MENUS = (
    MenuItem(
        id="rules", label=_("Duplicate rules"), model="duplicates.Rule",
        permission="duplicates.Rule.update", order=80, icon="intersect",
    ),
)  # fmt: skip
