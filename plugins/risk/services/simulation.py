"""The total loss of a year by Monte Carlo: numbers in, numbers out, seeded.

Each risk happens or not, by its probability; if it does, it costs an amount between the least
and the most, with the most likely in between (a triangle). Risks depend on each other through two
factors, one of all and one of each category (a Gaussian copula): of what moves a risk, the part
``common`` is shared with all others and ``within`` with those of its category.
"""

from __future__ import annotations

import bisect
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

MOST_DRAWS = 2_000_000
"""Risks times runs; beyond it the smaller risks count with their expected loss."""
RUNS = (1_000, 5_000, 10_000, 20_000)
MOST_DEPENDENCE = 95
_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class Peril:
    """A risk to simulate: its chance in a year (0 to 1) and what it costs, minor units."""

    chance: float
    low: int
    loss: int
    high: int
    group: str = ""

    @property
    def expected(self) -> float:
        return self.chance * (self.low + self.loss + self.high) / 3


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it. ``losses`` are those of all runs, the least first; ``fixed`` what smaller
    risks add as expected loss; ``any`` the share of runs in which something happened."""

    losses: tuple[float, ...]
    any: float
    simulated: int
    fixed: float
    fixed_count: int

    @property
    def mean(self) -> float:
        return sum(self.losses) / len(self.losses)

    def percentile(self, percent: float) -> float:
        """The loss that is not exceeded in so many percent of the runs."""
        return self.losses[self._place(percent)]

    def tail(self, percent: float) -> float:
        """The loss on average of the runs beyond that percentile, itself among them."""
        worst = self.losses[self._place(percent) :]
        return max(worst[0], sum(worst) / len(worst))

    def _place(self, percent: float) -> int:
        rank = max(1, -int(-len(self.losses) * percent // 100))
        return min(rank, len(self.losses)) - 1

    def exceeding(self, loss: float) -> float:
        """The share of runs whose loss is higher."""
        return 1 - bisect.bisect_right(self.losses, loss) / len(self.losses)

    def curve(self, points: int = 40) -> list[tuple[float, float]]:
        """The exceedance curve: losses from zero to the highest → share of runs above."""
        top = self.losses[-1] or 1.0
        steps = [*(top * i / points for i in range(points)), top]
        return [(step, self.exceeding(step)) for step in steps]


def simulate(
    perils: Sequence[Peril], *, runs: int, seed: int, common: float = 0.0, within: float = 0.0
) -> Outcome:
    """The total loss of a year, so many times over.

    The same seed gives the same outcome. Raises ValueError for no runs, or for parts that are
    below zero or together more than one.
    """
    if runs < 1:
        raise ValueError("runs must be positive")
    if common < 0 or within < 0 or common + within > 1:
        raise ValueError("parts must be from zero to one together")
    ordered = sorted(perils, key=lambda each: -each.expected)
    room = max(1, MOST_DRAWS // runs)
    drawn, rest = ordered[:room], ordered[room:]
    fixed = sum(each.expected for each in rest)
    chance = random.Random(seed)
    draw = _drawing(drawn, chance, common, within)
    losses, happened = [], 0
    for _run in range(runs):
        loss, any_ = draw()
        losses.append(loss + fixed)
        happened += any_
    losses.sort()
    return Outcome(tuple(losses), happened / runs, len(drawn), fixed, len(rest))


def _drawing(
    perils: Sequence[Peril], chance: random.Random, common: float, within: float
) -> Callable[[], tuple[float, bool]]:
    """A function that draws the loss of one year, and whether anything happened."""
    own = sqrt(max(0.0, 1 - common - within))
    shared, grouped = sqrt(common), sqrt(within)
    groups = sorted({each.group for each in perils})
    plain = common == within == 0
    gauss, uniform, triangular = chance.gauss, chance.random, chance.triangular
    known = [
        (
            each.chance if plain else _threshold(each.chance),
            each.low, each.high, each.loss, each.group,
        )
        for each in perils
        if each.chance > 0
    ]  # fmt: skip

    def draw() -> tuple[float, bool]:
        total, any_ = 0.0, False
        if plain:
            for limit, low, high, mode, _group in known:
                if uniform() < limit:
                    any_ = True
                    total += triangular(low, high, mode) if high > low else mode
            return total, any_
        base = shared * gauss(0.0, 1.0) if shared else 0.0
        moved = {group: base + (grouped * gauss(0.0, 1.0) if grouped else 0.0) for group in groups}
        for limit, low, high, mode, group in known:
            if moved[group] + own * gauss(0.0, 1.0) < limit:
                any_ = True
                total += triangular(low, high, mode) if high > low else mode
        return total, any_

    return draw


def _threshold(chance: float) -> float:
    """Below which a standard normal figure lies with that chance."""
    return float("inf") if chance >= 1 else _NORMAL.inv_cdf(chance)
