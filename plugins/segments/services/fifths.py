"""Scores from 1 to 5 by rank: each fifth of all has one, and equals share it.

The score of a value is 1, and one more for each fifth of all that is strictly worse. So equals are
never told apart by the order in which they happen to stand, and a crowd of equals shares the lowest
of its scores: whoever has bought once does not get 3 because most others have bought once too.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

K = TypeVar("K")
Number = int | Decimal

SCORES = 5
Cuts = Sequence[Number]
"""The least that is needed for 2, 3, 4 and 5."""


def scores(values: Mapping[K, Number], *, less_is_better: bool = False) -> dict[K, int]:
    """The score of each.

    >>> days = dict(enumerate((3, 10, 10, 25, 40, 60, 90, 120, 200, 400)))
    >>> list(scores(days, less_is_better=True).values())
    [5, 4, 4, 4, 3, 3, 2, 2, 1, 1]
    """
    sign = -1 if less_is_better else 1
    ordered = sorted(sign * value for value in values.values())
    return {
        key: 1 + SCORES * bisect_left(ordered, sign * value) // len(ordered)
        for key, value in values.items()
    }


def cuts(values: Iterable[Number], *, less_is_better: bool = False) -> list[Number]:
    """The limits by which values get the scores that they have now, to be kept: who changes
    nothing is not moved by what others do. Raises ValueError without values."""
    sign = -1 if less_is_better else 1
    ordered = sorted(sign * value for value in values)
    if not ordered:
        raise ValueError("no values")
    found: list[Number] = []
    for score in range(2, SCORES + 1):
        reached = [v for v in ordered if 1 + SCORES * bisect_left(ordered, v) // len(ordered)
                   >= score]  # fmt: skip
        # Of a score that nobody has: more than everybody.
        found.append(sign * (reached[0] if reached else ordered[-1] + 1))
    return found


def by_cuts(value: Number, limits: Cuts, *, less_is_better: bool = False) -> int:
    """The score of a value by limits that are kept."""
    sign = -1 if less_is_better else 1
    return 1 + sum(sign * value >= sign * limit for limit in limits)
