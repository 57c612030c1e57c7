"""Pools and what lies in them, and the side menu."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.menus import MenuItem
from plugin_api.views import (
    ChartView,
    FormView,
    KanbanView,
    ListView,
    PivotView,
    Related,
    Section,
)
from plugins.pools.access import READ

VIEWS = (
    ListView(
        model="pools.Place",
        columns=("name", "state", "owner", "since", "pool", "grade", "industry", "city", "source",
                 "former", "reason"),
        filters=("pool", "state", "owner", "grade", "industry", "city", "region", "source", "kind",
                 "since", "former", "locked"),
        order="-since",
    ),
    KanbanView(
        model="pools.Place", group_by="state", title="name", order="-since",
        fields=("pool", "owner", "city", "since"), closed=("closed",),
    ),
    ChartView(model="pools.Place", by="pool", split="state"),
    PivotView(model="pools.Place", rows=("owner",), columns=("state",)),
    FormView(
        model="pools.Place",
        sections=(
            Section(
                title=_("In the pool"),
                fields=("name", "pool", "owner", "since", "former", "reason", "locked",
                        "locked_until"),
            ),
            Section(
                title=_("What is known"),
                fields=("grade", "industry", "city", "region", "country", "source", "account",
                        "lead"),
            ),
        ),
        related=(
            Related(
                title=_("Who held it"), model="pools.Change", field="place",
                columns=("kind", "on", "from", "to", "by", "reason", "rule"),
            ),
        ),
    ),
    ListView(
        model="pools.Change",
        columns=("place", "kind", "on", "from", "to", "by", "pool", "reason", "rule"),
        filters=("kind", "pool", "from", "to", "on"),
        order="-at",
    ),
    PivotView(model="pools.Change", rows=("to",), columns=("kind",)),
    ListView(
        model="pools.Pool",
        columns=("name", "kind", "takes", "limit", "ban_days", "remind_days", "claimable",
                 "active", "position"),
        filters=("kind", "active"),
        order="position",
    ),
    FormView(
        model="pools.Pool",
        sections=(
            Section(
                title=_("Pool"),
                fields=("name", "kind", "position", "active", "description"),
            ),
            Section(title=_("What enters"), fields=("takes", "condition")),
            Section(
                title=_("Who works from it"),
                fields=("open_to_all", "claimable", "shows_held", "masked"),
            ),
            Section(
                title=_("How much, and again when"),
                fields=("limit", "count_won", "ban_days"),
            ),
            Section(
                title=lazy_pgettext("pool", "Return"),
                fields=("remind_days", "exempt_won", "clears_team", "clears"),
            ),
        ),
        related=(
            Related(
                title=_("Members"), model="pools.Member", field="pool",
                columns=("user", "team", "role", "limit"),
            ),
            Related(
                title=_("Return rules"), model="pools.Rule", field="pool",
                columns=("name", "event", "days", "counts", "condition", "active"),
            ),
        ),
    ),
    ListView(
        model="pools.Member", columns=("pool", "user", "team", "role", "limit"),
        filters=("pool", "user", "team", "role"), order="pool",
    ),
    ListView(
        model="pools.Rule",
        columns=("name", "pool", "event", "days", "counts", "condition", "active"),
        filters=("pool", "event", "active"),
        order="days",
    ),
    FormView(
        model="pools.Rule",
        sections=(
            Section(
                title=_("Return rule"),
                fields=("name", "pool", "event", "days", "counts", "condition", "active"),
            ),
        ),
    ),
)  # fmt: skip

MENUS = (
    MenuItem(
        id="overview", label=_("Public pools"), endpoint="pools.overview", permission=READ,
        order=10, icon="water",
    ),
    MenuItem(
        id="places", label=_("Records in pools"), model="pools.Place", order=20, icon="inboxes",
    ),
    MenuItem(
        id="returns", label=_("Returns"), endpoint="pools.returns", permission=READ, order=30,
        icon="arrow-counterclockwise",
    ),
    MenuItem(
        id="pools", label=lazy_pgettext("setup", "Pools"), model="pools.Pool",
        permission="pools.Pool.update", order=80, icon="gear",
    ),
    MenuItem(
        id="rules", label=_("Return rules"), model="pools.Rule",
        permission="pools.Rule.update", order=81, icon="hourglass-split",
    ),
)  # fmt: skip
