"""Items that are valid no more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from plugin_api import host
from plugin_api.context import Actor, today
from plugins.swot.models import Analysis, Item


def is_latest() -> sa.ColumnElement[bool]:
    """Whether no other analysis revises one: those that are revised stay as they are."""
    later: Any = aliased(Analysis)
    return Analysis.id.not_in(sa.select(later.former_id).where(later.former_id.is_not(None)))


def pressing(actor: Actor) -> int:
    """How many items of the person's own analyses are valid no more. One statement."""
    asked = (
        sa.select(sa.func.count())
        .select_from(Item)
        .join(Analysis, Analysis.id == Item.analysis_id)
        .where(
            Analysis.owner_id == actor.user_id, Item.expires_on < today(), ~Item.put_aside,
            is_latest(),
        )
    )  # fmt: skip
    return host().session.scalar(asked) or 0


def soon(until: dt.date, most: int) -> Sequence[Any]:
    """Items that the actor sees and that are valid no more by a day, the oldest first. One
    statement."""
    asked = (
        sa.select(Item.id, Item.name, Item.quadrant, Item.expires_on, Analysis.name.label("of"))
        .join(Analysis, Analysis.id == Item.analysis_id)
        .where(Item.expires_on <= until, ~Item.put_aside, is_latest(), host().records.visible(Item))
        .order_by(Item.expires_on, Item.id)
        .limit(most)
    )
    return host().session.execute(asked).all()
