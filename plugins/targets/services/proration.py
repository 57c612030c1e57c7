"""The share of a target for somebody who was there for part of its period.

``quota' = quota × active days ÷ period days``; whether a day counts is the caller's choice:
every calendar day, or only working days.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

CountDays = Callable[[date, date], int]
"""Days from the first to the second, both included; 0 when the second is earlier."""


def calendar_days(start: date, end: date) -> int:
    """Every day from start to end, both included; 0 when end is before start."""
    return max((end - start).days + 1, 0)


def active_window(
    start: date, end: date, joined: date | None = None, left: date | None = None
) -> tuple[date, date]:
    """The part of a period that somebody was active: from ``joined`` to ``left``, both included.

    Ends before it starts when it is empty.
    """
    return max(start, joined or start), min(end, left or end)


def prorate(
    quota: Decimal,
    start: date,
    end: date,
    *,
    joined: date | None = None,
    left: date | None = None,
    days: CountDays = calendar_days,
) -> Decimal:
    """The quota for the active part of its period, exact and not rounded.

    The whole quota when the period holds no day that counts.
    """
    whole = days(start, end)
    if not whole:
        return quota
    return quota * days(*active_window(start, end, joined, left)) / whole
