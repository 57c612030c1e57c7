"""Rules, their conditions, and the side menu."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.menus import MenuItem
from plugin_api.views import FormView, ListView, Related, Section
from plugins.duplicates.access import MERGE

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
        model="duplicates.Merge", columns=("name", "about_model", "owner", "at", "state"),
        filters=("about_model", "owner", "state"), order="-at",
    ),
    ListView(
        model="duplicates.Condition", columns=("rule", "field", "other", "method", "threshold"),
        filters=("rule", "method"), order="rule",
    ),
)  # fmt: skip

MENUS = (
    MenuItem(
        id="groups", label=_("Duplicates"), endpoint="duplicates.groups", permission=MERGE,
        order=10, icon="intersect",
    ),
    MenuItem(
        id="merges", label=_("Merges"), model="duplicates.Merge", order=20, icon="sign-merge-right",
    ),
    MenuItem(
        id="rules", label=_("Duplicate rules"), model="duplicates.Rule",
        permission="duplicates.Rule.update", order=80, icon="intersect",
    ),
)  # fmt: skip
