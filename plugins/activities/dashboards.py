"""What a team does, at a glance."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.views import Dashboard, Tile

ACTIVITY = "activities.Activity"

DASHBOARDS = (
    Dashboard(
        id="work",
        title=_("Activities at a glance"),
        permission="activities.Activity.read",
        roles=("manager",),
        order=40,
        tiles=(
            Tile(
                title=_("Contacts made by week"),
                measure="activities.contacts",
                state={"by": "week", "period": "last_90_days"},
                width=2,
            ),
            Tile(title=_("Contact is overdue"), card="activities.followups"),
            Tile(
                title=_("Done by person and kind"),
                model=ACTIVITY,
                state={"view": "pivot", "rows": "owner", "cols": "kind", "state": "done",
                       "done_on__period": "last_30_days"},
                width=2,
            ),
            Tile(title=_("Without a next step"), card="activities.without_step"),
        ),
    ),
)  # fmt: skip
