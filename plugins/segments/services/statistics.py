"""How sure a figure of a few is."""

from __future__ import annotations

from collections.abc import Sequence
from math import comb, sqrt
from statistics import NormalDist, median
from typing import NamedTuple

SURE = 0.95
FEWEST = 5
"""Below it a figure is shown as too little to say anything."""


class Interval(NamedTuple):
    """A figure, from where to where it may be in 95 of 100 cases, and of how many it is; the
    limits are None where they are too few to say."""

    value: float
    low: float | None
    high: float | None
    n: int


def share(hits: int, n: int) -> Interval | None:
    """A share of 1 with its interval by Wilson; None of nothing.

    >>> found = share(38, 50)
    >>> found and (found.value, round(found.low, 3), round(found.high, 3))
    (0.76, 0.626, 0.857)
    """
    if n == 0:
        return None
    z = NormalDist().inv_cdf((1 + SURE) / 2)
    p = hits / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return Interval(p, max(middle - half, 0.0), min(middle + half, 1.0), n)


def middle(values: Sequence[float]) -> Interval | None:
    """The median with the interval that its neighbours in order give; None of nothing."""
    n = len(values)
    if n == 0:
        return None
    ordered = sorted(values)
    # The largest k with P(at most k - 1 of n below the true median) still within one tail.
    passed, k = 0.0, 0
    while k < n // 2 and passed + comb(n, k) / 2**n <= (1 - SURE) / 2:
        passed += comb(n, k) / 2**n
        k += 1
    if k == 0:
        return Interval(float(median(ordered)), None, None, n)
    return Interval(float(median(ordered)), float(ordered[k - 1]), float(ordered[n - k]), n)


def mean(values: Sequence[float]) -> Interval | None:
    """The mean with its interval by the standard error; None of nothing."""
    n = len(values)
    if n == 0:
        return None
    found = sum(values) / n
    if n < FEWEST:
        return Interval(found, None, None, n)
    spread = sqrt(sum((value - found) ** 2 for value in values) / (n - 1))
    half = NormalDist().inv_cdf((1 + SURE) / 2) * spread / sqrt(n)
    return Interval(found, found - half, found + half, n)
