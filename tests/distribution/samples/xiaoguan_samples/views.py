"""How samples are shown."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.menus import MenuItem
from plugin_api.views import ListView
from xiaoguan_samples.access import COUNT

VIEWS = (
    ListView(
        model="samples.Sample",
        columns=("name", "receiver", "given_on", "pieces", "owner"),
        filters=("owner", "given_on"),
        order="-given_on",
    ),
)
MENUS = (
    MenuItem(id="samples", label=_("Samples"), model="samples.Sample", icon="box-seam"),
    MenuItem(id="count", label=_("Handed out"), endpoint="samples.count", permission=COUNT),
)
