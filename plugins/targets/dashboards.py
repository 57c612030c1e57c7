"""How the team stands against its targets."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.views import Dashboard, Tile
from plugins.targets.services.reading import READ

DASHBOARDS = (
    Dashboard(
        id="pace",
        title=_("Team pace"),
        permission=READ,
        roles=("manager",),
        order=10,
        tiles=(
            Tile(title=_("Team pace"), card="targets.team", width=2),
            Tile(title=_("Figures of the month"), card="targets.figures"),
            Tile(title=_("Targets"), model="targets.Target", state={"sort": "-start"}, width=3),
        ),
    ),
)
