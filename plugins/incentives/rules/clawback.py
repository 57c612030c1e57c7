"""What is taken back of what is earned over several months."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from plugin_api.periods import months_between


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
