"""How customers are served, at a glance."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.views import Dashboard, Tile

CASE = "service.Case"

DASHBOARDS = (
    Dashboard(
        id="service",
        title=_("Service at a glance"),
        permission="service.Case.read",
        roles=("manager",),
        order=60,
        tiles=(
            Tile(
                title=_("Cases opened by week"), measure="service.opened",
                state={"by": "week", "period": "last_90_days"}, width=2,
            ),
            Tile(title=_("Cases that are too late"), card="service.late"),
            Tile(
                title=_("Open cases by person and priority"), model=CASE,
                state={"view": "pivot", "rows": "owner", "cols": "priority",
                       "state__in": "new,open,waiting"},
                width=2,
            ),
            Tile(
                title=_("First answers in time by month"), measure="service.answer_rate",
                state={"by": "month", "period": "last_365_days"},
            ),
            Tile(
                title=_("Satisfaction by month"), measure="service.csat",
                state={"by": "month", "period": "last_365_days"},
            ),
            Tile(
                title=_("Return visits made of those due, by month"), measure="service.coverage",
                state={"by": "month", "period": "last_365_days"},
            ),
        ),
    ),
)  # fmt: skip
