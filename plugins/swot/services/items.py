"""Items: their score, and those that are put aside as merged or dropped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext
from plugin_api.errors import Rejected
from plugins.swot.models import Evidence, Item
from plugins.swot.services.scoring import item_score


def complete(item: Item) -> None:
    """Its score."""
    item.score = item_score(item.weight, item.intensity)


def check_merge(item: Item, values: Mapping[str, Any]) -> None:
    """Raise Rejected for an item that cannot take its place."""
    into = values.get("merged_into")
    target = host().records.get(Item, into) if into is not None else None
    if target is None or target.analysis_id != item.analysis_id or target.id == item.id:
        raise Rejected("merged_into", gettext("Say into which other item of the analysis."))
    if target.put_aside:
        raise Rejected("merged_into", gettext("It was merged or dropped."))


def merge(item: Item, values: dict[str, Any]) -> None:
    """Put it aside; its evidence shows the other one."""
    asked = sa.select(Evidence).where(Evidence.item_id == item.id)
    moved = [(proof, {"item_id": values["merged_into"]}) for proof in host().session.scalars(asked)]
    if moved:
        host().records.update_many(moved)
    drop(item, values)


def drop(item: Item, values: dict[str, Any]) -> None:
    """Put it aside."""
    item.put_aside, item.weight, item.score = True, None, None


def restore(item: Item, values: dict[str, Any]) -> None:
    """Take it up again, without a weight."""
    item.put_aside = False
    item.merged_into_id = None
