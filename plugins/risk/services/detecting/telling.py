"""Whom something may be said to that was computed of more than one's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

from plugin_api import host
from plugin_api.context import current_actor
from plugin_api.errors import Refused
from plugin_api.teams import managers


def who_sees(
    key: str, start: dt.date, end: dt.date, total: Decimal
) -> Callable[[int | None], int | None]:
    """A function from a person to the nearest who may know a share of ``total``, the figure of a
    measure between two days: the person, else whoever leads them, and so on; else who asks; None
    where nobody is left. Each who is asked about costs a statement or two, once."""
    leaders = managers()
    known: dict[int, bool] = {}

    def sees(user_id: int) -> bool:
        if user_id not in known:
            try:
                with host().acting_for(user_id):
                    mine = host().measures.value(key, start, end)
            except Refused:
                mine = None
            known[user_id] = mine is not None and mine >= total
        return known[user_id]

    def nearest(user_id: int | None) -> int | None:
        passed: set[int] = set()
        while user_id is not None and user_id not in passed:
            if sees(user_id):
                return user_id
            passed.add(user_id)
            user_id = leaders.get(user_id)
        return current_actor().user_id

    return nearest
