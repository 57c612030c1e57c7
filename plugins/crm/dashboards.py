"""The pipeline at a glance."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.views import Dashboard, Tile

OPPORTUNITIES = "crm.Opportunity"

DASHBOARDS = (
    Dashboard(
        id="pipeline",
        title=_("Pipeline overview"),
        permission="crm.Opportunity.read",
        roles=("manager", "analyst", "rep", "finance"),
        order=20,
        tiles=(
            Tile(
                title=_("Open amount by stage"),
                model=OPPORTUNITIES,
                state={"view": "chart", "by": "stage", "split": "none", "outcome": "open",
                       "figure": "amount_company__sum"},
            ),
            Tile(
                title=_("Won by month"),
                measure="crm.won_amount",
                state={"by": "month", "period": "this_year"},
                width=2,
            ),
            Tile(
                title=_("Expected close by owner"),
                model=OPPORTUNITIES,
                state={"view": "pivot", "rows": "owner", "cols": "expected_close__quarter",
                       "outcome": "open", "figure": "weighted_amount__sum"},
                width=2,
            ),
            Tile(title=_("Opportunities that need you"), card="crm.attention"),
            Tile(
                title=_("Largest open opportunities"),
                model=OPPORTUNITIES,
                state={"outcome": "open", "sort": "-amount_company"},
                width=2,
            ),
            Tile(
                title=_("New leads by month"),
                model="crm.Lead",
                state={"view": "chart", "by": "created_on__month", "split": "none",
                       "created_on__period": "last_365_days"},
            ),
        ),
    ),
)  # fmt: skip
