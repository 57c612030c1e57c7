"""How often chance alone would do it: who got it is shuffled, and the difference taken anew."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import comb
from random import Random

ALL = 20_000
"""As many ways to share out are all tried; of more, so many are drawn as DRAWS."""
DRAWS = 4_000


def by_chance(treated: Sequence[float], control: Sequence[float]) -> float:
    """The share of all ways to share out (or of draws, the same each time) that differ at least
    as much: 0 to 1. Of 4 and 4 it is at least 2/70."""
    together = [*treated, *control]
    n, take = len(together), len(treated)
    total = sum(together)
    if not take or take == n:
        return 1.0

    def apart(part: float) -> float:
        return abs(part / take - (total - part) / (n - take))

    seen = apart(sum(treated))
    # Equal ones may differ in the last digit by the order in which they are added up.
    seen -= 1e-9 * max(seen, 1e-12)
    if comb(n, take) <= ALL:
        parts = [sum(each) for each in combinations(together, take)]
        return sum(1 for part in parts if apart(part) >= seen) / len(parts)
    draw = Random(n)
    hits = sum(1 for _ in range(DRAWS) if apart(sum(draw.sample(together, take))) >= seen)
    return (hits + 1) / (DRAWS + 1)
