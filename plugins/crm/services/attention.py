"""Open opportunities that somebody has to look at."""

from __future__ import annotations

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import Actor, today
from plugins.crm.models import Opportunity


def in_use() -> sa.ColumnElement[bool]:
    """It is open, and not put aside."""
    return sa.and_(Opportunity.outcome == "open", Opportunity.archived.is_(False))


def overdue() -> sa.ColumnElement[bool]:
    """Its expected close has passed."""
    return Opportunity.expected_close < today()


def stalled() -> sa.ColumnElement[bool]:
    """It is in its stage for longer than that allows."""
    return Opportunity.stalls_on <= today()


def counted() -> tuple[int, int]:
    """How many open ones that the actor sees stall, and how many are overdue."""
    row = (
        host()
        .session.execute(
            sa.select(
                sa.func.count(sa.case((stalled(), 1))), sa.func.count(sa.case((overdue(), 1)))
            ).where(
                in_use(),
                host().records.visible(Opportunity),
            )
        )
        .one()
    )
    return row[0], row[1]


def needing(actor: Actor) -> int:
    """How many of somebody's own open opportunities are overdue or stalled."""
    if actor.user_id is None:
        return 0
    found = host().session.scalar(
        sa.select(sa.func.count(Opportunity.id)).where(
            Opportunity.owner_id == actor.user_id,
            in_use(),
            sa.or_(overdue(), stalled()),
        )
    )
    return int(found or 0)
