"""Payout curves: how much of the variable pay an attainment brings."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

ZERO = Decimal(0)
Point = tuple[Decimal, Decimal]
"""Attainment and payout, both as shares: (0.7, 0.5) pays half at 70 %."""


def payout(attainment: Decimal, points: Sequence[Point]) -> Decimal:
    """The payout by straight lines between the points: nothing below the first, and no more than
    at the last. Attainment is not rounded first: 69.96 % does not reach 70 %.

    Raises ValueError for no points, or two at one attainment.
    """
    made = sorted(points)
    if not made or len({at for at, _pays in made}) < len(made):
        raise ValueError("a curve needs points, each at an attainment of its own")
    if attainment < made[0][0]:
        return ZERO
    for (left, low), (right, high) in pairwise(made):
        if attainment < right:
            return low + (high - low) * (attainment - left) / (right - left)
    return made[-1][1]
