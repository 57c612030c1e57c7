"""Against the same days of the year before: numbers in, numbers out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class Growth:
    """``rate`` is (current − previous) ÷ |previous|; ``per_day`` the same of what a working day
    brought. None where there was nothing to grow from, or no day to divide by."""

    previous: Decimal | None
    rate: Decimal | None
    per_day: Decimal | None


def growth(
    current: Decimal | None, previous: Decimal | None, days: int, days_before: int
) -> Growth:
    """1.2 m after 1.0 m is +20 %; in 20 working days after 22 it is +32 % a day."""
    if current is None or previous is None:
        return Growth(previous=previous, rate=None, per_day=None)
    per_day = None
    if days and days_before:
        per_day = _rate(current / days, previous / days_before)
    return Growth(previous=previous, rate=_rate(current, previous), per_day=per_day)


def _rate(current: Decimal, previous: Decimal) -> Decimal | None:
    return (current - previous) / abs(previous) if previous else None
