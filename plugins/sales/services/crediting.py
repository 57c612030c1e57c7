"""Who is credited with how much of which order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

import sqlalchemy as sa

from plugin_api import host
from plugins.sales.models import Order, OrderCredit
from plugins.sales.services.shares import Share, complete


def shares_of(order_ids: Collection[int]) -> dict[int, tuple[Share, ...]]:
    """By order: who is credited with how much of it."""
    session = host().session
    given: dict[int, list[Share]] = defaultdict(list)
    asked = sa.select(
        OrderCredit.order_id, OrderCredit.user_id, OrderCredit.share, OrderCredit.kind
    ).where(OrderCredit.order_id.in_(order_ids))
    for order_id, user_id, share, kind in session.execute(asked.order_by(OrderCredit.id)):
        given[order_id].append(Share(user_id, share, kind == "overlay"))
    whose = sa.select(Order.id, sa.func.coalesce(Order.credited_id, Order.owner_id))
    return {
        id_: complete(given[id_], user_id)
        for id_, user_id in session.execute(whose.where(Order.id.in_(order_ids)))
    }
