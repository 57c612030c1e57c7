"""Lists, forms and menu entries of targets."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.menus import MenuItem
from plugin_api.views import FormView, ListView, Section

VIEWS = (
    ListView(
        model="targets.Target",
        columns=("name", "measure", "level", "period", "start", "end", "amount", "quantity"),
        filters=("measure", "level", "user", "team", "period", "start"),
        order="-start",
    ),
    FormView(
        model="targets.Target",
        sections=(
            Section(title=_("Whose target"), fields=("measure", "level", "user", "team", "owner")),
            Section(title=_("Period"), fields=("period", "start", "end")),
            Section(title=_("What is to be reached"), fields=("amount", "quantity")),
            Section(
                title=_("Joiners and leavers"), fields=("active_from", "active_to", "external_id")
            ),
        ),
    ),
)

MENUS = (
    MenuItem(
        id="attainment",
        label=_("Attainment"),
        endpoint="targets.attainment",
        permission="targets.Target.read",
        order=10,
        icon="speedometer2",
    ),
    MenuItem(id="targets", label=_("Targets"), model="targets.Target", order=20, icon="bullseye"),
    MenuItem(
        id="split",
        label=_("Split a target"),
        endpoint="targets.split",
        permission="targets.Target.create",
        order=30,
        icon="diagram-3",
    ),
)
