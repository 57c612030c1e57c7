"""Figures of the pools: how much is claimed, returned, free and held."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from plugin_api.context import lazy_gettext as _
from plugin_api.measures import Dimension, Measure, Ratio
from plugins.pools.models import Change, Place
from plugins.pools.models.pools import KINDS

ONE = sa.literal_column("1", type_=sa.Integer())
OF_PLACES = {
    "pool": Dimension(label=_("Pool"), target="pools.Pool"),
    "kind": Dimension(label=_("Kind"), labels={each.value: each.label for each in KINDS}),
    "city": Dimension(label=_("City")),
    "source": Dimension(label=_("Source")),
}
OF_CHANGES = {"pool": OF_PLACES["pool"]}


def _changes(person: Any, *kinds: str) -> Callable[[], sa.Select[Any]]:
    def facts() -> sa.Select[Any]:
        return sa.select(
            Change.on.label("on"),
            ONE.label("value"),
            person.label("user_id"),
            Change.id.label("record_id"),
            Change.pool_id.label("pool"),
        ).where(Change.kind.in_(kinds))

    return facts


def _places(state: str) -> Callable[[], sa.Select[Any]]:
    def facts() -> sa.Select[Any]:
        asked: Any = sa.select(
            Place.since.label("on"),
            ONE.label("value"),
            Place.owner_id.label("user_id"),
            Place.id.label("record_id"),
            Place.pool_id.label("pool"),
            Place.kind.label("kind"),
            Place.city.label("city"),
            Place.source.label("source"),
        ).where(Place.state == state)
        return asked  # type: ignore[no-any-return]

    return facts


MEASURES: tuple[Measure | Ratio, ...] = (
    Measure(
        key="pools.claimed", label=_("Claimed from pools"), unit="count", model="pools.Change",
        facts=_changes(Change.to_id, "claimed", "assigned"), dimensions=OF_CHANGES,
        description=_("Claimed and assigned, on that day, for who got it."),
    ),
    Measure(
        key="pools.returned", label=_("Returned to pools"), unit="count", model="pools.Change",
        facts=_changes(Change.from_id, "given_back", "taken_back", "reclaimed"),
        dimensions=OF_CHANGES, direction="down",
        description=_("Given back, taken back and returned by a rule, for who had it."),
    ),
    Measure(
        key="pools.reclaimed", label=_("Returned by a rule"), unit="count", model="pools.Change",
        facts=_changes(Change.from_id, "reclaimed"), dimensions=OF_CHANGES, direction="down",
        description=_("What nobody followed up in time, for who had it."),
    ),
    Ratio(
        key="pools.return_rate", label=_("Returned ÷ claimed"), unit="ratio", direction="down",
        numerator="pools.returned", denominator="pools.claimed",
    ),
    Measure(
        key="pools.free", label=_("Free in pools"), unit="count", model="pools.Place",
        facts=_places("free"), dimensions=OF_PLACES, snapshot=True, direction="down",
        description=_("What nobody holds now."),
    ),
    Measure(
        key="pools.held", label=_("Held from pools"), unit="count", model="pools.Place",
        facts=_places("held"), dimensions=OF_PLACES, snapshot=True,
        description=_("What somebody holds now."),
    ),
)  # fmt: skip
