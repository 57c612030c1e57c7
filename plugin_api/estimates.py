"""How sure a figure of a few is: numbers in, numbers out."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist
from typing import NamedTuple

SURE = 0.95
"""How often the true figure lies in the interval."""
Z = NormalDist().inv_cdf((1 + SURE) / 2)
"""The same in standard deviations on either side."""


class Interval(NamedTuple):
    """A figure of ``n`` cases, and from where to where the true one may be, 95 times in 100."""

    value: float
    low: float
    high: float
    n: int


def share(hits: int, n: int) -> Interval | None:
    """A share of 1 with Wilson's interval; None of nothing.

    38 of 50 are 76 %, between 62.6 and 85.7 %.
    """
    if n <= 0:
        return None
    p, z2 = hits / n, Z * Z
    middle = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = Z * sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return Interval(p, max(middle - half, 0.0), min(middle + half, 1.0), n)
