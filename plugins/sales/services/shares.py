"""Who is credited with how much. Numbers in, numbers out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from plugin_api.money import allocate

WHOLE = Decimal(100)
FINEST = Decimal("0.0001")
"""The smallest step of quantities and of exact amounts."""


@dataclass(frozen=True, slots=True)
class Share:
    """A person's part in percent. An overlay is besides the whole."""

    user_id: int | None
    percent: Decimal
    overlay: bool = False


def complete(given: Sequence[Share], rest_to: int | None) -> tuple[Share, ...]:
    """The shares with what is left of 100 %, which goes to ``rest_to``; it comes last."""
    left = WHOLE - sum((share.percent for share in given if not share.overlay), Decimal(0))
    return (*given, Share(rest_to, left)) if left > 0 else tuple(given)


def divide(value: Decimal, shares: Sequence[Share], step: Decimal = FINEST) -> list[Decimal]:
    """A part of ``value`` for each share. Those that are no overlay add up to it, by largest
    remainder, ties to the earlier one. A value that is no multiple of ``step`` is divided in the
    finest steps.

    1,000.00 in three equal parts is 333.34, 333.33 and 333.33.
    """
    if value % step:
        step = FINEST
    units = int(value / step)
    if len(shares) == 1 and shares[0].percent == WHOLE and not shares[0].overlay:
        return [units * step]
    inside = [share for share in shares if not share.overlay]
    parts = iter(allocate(units, [share.percent for share in inside]) if inside else ())
    return [
        _rounded(value * share.percent / WHOLE, step) if share.overlay else next(parts) * step
        for share in shares
    ]


def _rounded(value: Decimal, step: Decimal) -> Decimal:
    return (value / step).quantize(Decimal(1), ROUND_HALF_UP) * step
