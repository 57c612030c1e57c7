"""Satisfaction and recommendation with what they are worth. Numbers in, numbers out."""

from __future__ import annotations

import math
from dataclasses import dataclass

Z = 1.959963984540054
"""Of an interval that holds the true value 95 times in 100."""
LEAST = 30
"""Fewer answers say too little of a person to be compared with others."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure of ``n`` answers and the interval that the true one lies in."""

    n: int
    value: float
    low: float
    high: float


def share(k: int, n: int) -> Estimate | None:
    """``k`` of ``n`` as a share of 1, with Wilson's interval; None of nothing.

    38 of 50 are 76 %, between 62.6 and 85.7 %.
    """
    if n <= 0:
        return None
    p, z2 = k / n, Z * Z
    middle = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = Z * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return Estimate(n, p, max(middle - half, 0.0), min(middle + half, 1.0))


def nps(promoters: int, detractors: int, n: int) -> Estimate | None:
    """Percent of promoters (9 and 10) less percent of detractors (0 to 6), with the interval.

    110 and 30 of 200 are 40, between 29.8 and 50.2.
    """
    if n <= 0:
        return None
    p, d = promoters / n, detractors / n
    half = Z * 100 * math.sqrt(max(p + d - (p - d) ** 2, 0.0) / n)
    value = 100 * (p - d)
    return Estimate(n, value, max(value - half, -100.0), min(value + half, 100.0))
