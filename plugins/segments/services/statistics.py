"""A median and a mean, and how sure they are."""

from __future__ import annotations

from collections.abc import Sequence
from math import comb, sqrt
from statistics import median
from typing import NamedTuple

from plugin_api.estimates import SURE, Interval, Z

FEWEST = 5
"""Below it a figure is shown as too little to say anything."""


class Alone(NamedTuple):
    """A figure of too few to say from where to where the true one may be."""

    value: float
    n: int
    low: None = None
    high: None = None


def middle(values: Sequence[float]) -> Interval | Alone | None:
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
        return Alone(float(median(ordered)), n)
    return Interval(float(median(ordered)), float(ordered[k - 1]), float(ordered[n - k]), n)


def mean(values: Sequence[float]) -> Interval | Alone | None:
    """The mean with its interval by the standard error; None of nothing.

    Of values that are never below zero the interval is not either.
    """
    n = len(values)
    if n == 0:
        return None
    found = sum(values) / n
    if n < FEWEST:
        return Alone(found, n)
    spread = sqrt(sum((value - found) ** 2 for value in values) / (n - 1))
    half = Z * spread / sqrt(n)
    return Interval(found, max(found - half, min(0.0, *values)), found + half, n)
