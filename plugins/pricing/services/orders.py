"""What follows for promotions when an order moves on."""

from __future__ import annotations

from typing import Any

from plugins.pricing.services import claiming

LIVE = frozenset({"confirmed", "partial", "delivered", "closed"})


def moved(order: Any, old: str, new: str) -> None:
    """A confirmed order claims what its lines have of promotions, a cancelled one gives it back.
    Raises Rejected where not enough is left."""
    if order.entered:
        return
    if old not in LIVE and new in LIVE:
        from plugins.sales.api import lines_of

        claiming.confirm(order, lines_of(order.id))
    elif old in LIVE and new == "cancelled" and order.number:
        claiming.release(order.number)
