"""Recommendation with what it is worth. Numbers in, numbers out."""

from __future__ import annotations

import math

from plugin_api.estimates import Interval, Z

LEAST = 30
"""Fewer answers say too little of a person to be compared with others."""


def nps(promoters: int, detractors: int, n: int) -> Interval | None:
    """Percent of promoters (9 and 10) less percent of detractors (0 to 6), with the interval.

    110 and 30 of 200 are 40, between 29.8 and 50.2.
    """
    if n <= 0:
        return None
    p, d = promoters / n, detractors / n
    half = Z * 100 * math.sqrt(max(p + d - (p - d) ** 2, 0.0) / n)
    value = 100 * (p - d)
    return Interval(value, max(value - half, -100.0), min(value + half, 100.0), n)
