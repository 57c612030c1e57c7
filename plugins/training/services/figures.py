"""People's own figures of any measure, in units that people read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from decimal import Decimal

from plugin_api import host
from plugin_api.context import SYSTEM, acting_as, current_company
from plugin_api.errors import Refused
from plugin_api.measures import Measure, Ratio
from plugin_api.money import from_minor


def measure_of(key: str | None) -> Measure | Ratio | None:
    """A measure, whoever looks; None where no plugin that is on publishes it."""
    with acting_as(current_company(), SYSTEM):
        try:
            return host().measures.get(key or "")
        except Refused:
            return None


def readable(kind: Measure | Ratio, value: Decimal) -> Decimal:
    """A figure in major units, where it is money."""
    return from_minor(int(value), current_company().currency) if kind.unit == "money" else value


def of_people(
    key: str | None, start: dt.date | None, end: dt.date, user_ids: Collection[int]
) -> Mapping[int, Decimal] | None:
    """Person → the figure of the days, or of now for one that knows no days; the same whoever
    looks. Of a sum everybody has one, of a rate who has something to divide by.

    None where no plugin that is on publishes it by person. One statement.
    """
    kind = measure_of(key)
    if kind is None:
        return None
    snapshot = isinstance(kind, Measure) and kind.snapshot
    days: tuple[dt.date | None, dt.date | None] = (None, None) if snapshot else (start, end)
    with acting_as(current_company(), SYSTEM):
        try:
            points = host().measures.table(kind.key, *days, ("user",), {"user": list(user_ids)})
        except Refused:
            return None
    found = dict.fromkeys(user_ids, Decimal(0)) if isinstance(kind, Measure) else {}
    for point in points:
        [user_id] = point.keys
        if user_id is not None and point.value is not None:
            found[user_id] = readable(kind, point.value)
    return found


def of_person(key: str | None, start: dt.date, end: dt.date, user_id: int) -> Decimal | None:
    """The same of one person; None too where there is nothing to divide by."""
    return (of_people(key, start, end, [user_id]) or {}).get(user_id)
