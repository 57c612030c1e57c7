"""What is taken back of what is earned over several months."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal


def months_between(start: date, end: date) -> int:
    """Whole months from a day to a later one: a month is over on the same day of the next, or on
    that month's last where it has no such day. 0 when ``end`` is earlier."""
    count = (end.year - start.year) * 12 + end.month - start.month
    if end.day < start.day and end.month == (end + timedelta(days=1)).month:
        count -= 1
    return max(count, 0)


def left(over: int, served: int) -> Decimal:
    """The share of what is earned over so many months that is not earned yet after ``served`` of
    them: 7 of 12 after 5."""
    return Decimal(max(over - served, 0)) / over


def kept(value: Decimal, original: date, day: date, over: int) -> Decimal:
    """How much of what is added or taken back on ``day`` counts for what was sold on ``original``
    and is earned over so many months: a sale in full, a later loss for the months left."""
    if value >= 0 or day <= original:
        return value
    return value * left(over, months_between(original, day))
