"""What instalments come to, when they are due, and what a payment is for. Numbers in, numbers
out."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from plugin_api.money import allocate

WHOLE = Decimal(100)
AGES = (0, 30, 60, 90)
"""Days overdue after which a sum is in the next bucket; before the first it is not due yet."""


@dataclass(frozen=True, slots=True)
class Part:
    """An instalment: a share in percent of the whole, or a fixed amount in minor units."""

    share: Decimal | None = None
    fixed: int | None = None


def amounts(total: int, parts: Sequence[Part]) -> list[int]:
    """What each part of ``total`` comes to, in minor units.

    Shares are divided to the smallest unit by largest remainder, so that 100 % in any parts are
    the whole. What is asked for is never more than the total: the last parts give way.
    """
    shares = [part.share or Decimal(0) for part in parts]
    rest = max(WHOLE - sum(shares, Decimal(0)), Decimal(0))
    divided = allocate(max(total, 0), [*shares, rest]) if any(shares) else [0] * len(parts)
    found, left = [], max(total, 0)
    for part, share in zip(parts, divided, strict=False):
        wanted = share if part.fixed is None else part.fixed
        found.append(min(wanted, left))
        left -= found[-1]
    return found


def due_day(
    rule: str, days: int, month_end: bool, events: Mapping[str, dt.date | None]
) -> dt.date | None:
    """The day on which an instalment is due, by the day of the event that its rule names; None
    while that has not happened. ``month_end`` counts from the end of the event's month."""
    start = events.get(rule)
    if start is None:
        return None
    if month_end:
        start = start.replace(day=calendar.monthrange(start.year, start.month)[1])
    try:
        return start + dt.timedelta(days=days)
    except OverflowError:
        return dt.date.max


def oldest_first(money: int, open_sums: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """How ``money`` is given to sums in their order: pairs of (id, amount), none of zero.

    >>> oldest_first(120, [(1, 100), (2, 50)])
    [(1, 100), (2, 20)]
    """
    given = []
    for id_, wanted in open_sums:
        part = min(money, wanted)
        if part > 0:
            given.append((id_, part))
            money -= part
    return given


def bucket(due_on: dt.date | None, today: dt.date) -> int:
    """Which of the buckets a sum is in: 0 not due, 1 up to 30 days over, 2 up to 60, 3 up to 90,
    4 beyond."""
    if due_on is None:
        return 0
    over = (today - due_on).days
    return sum(over > age for age in AGES)
