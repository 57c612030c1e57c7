"""How likely a target is to be reached: by what somebody used to bring, and by what is open.

Numbers in, numbers out. Both say *too little* (None) rather than guess.

* **By the past**: what a working day brought in each month before. The days left bring as much on
  average, and vary as months have varied; months are taken as independent of each other, and
  sums of days as normal. The mean itself is not known exactly, which widens the spread.
* **By open deals**: each is won with its probability or not at all, whatever becomes of the
  others. A few are reckoned exactly, many as a normal sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, fmean, stdev
from typing import Literal

MONTHS_NEEDED = 4
"""Months of one's own below which nothing is said."""
DEALS_NEEDED = 3
EXACT = 12
"""Deals up to which every outcome is added up."""
UNLIKELY, SURE = 0.05, 0.975
EARLY = 0.5
"""Share of the working days by which a target that is all but reached was set too low."""

Mark = Literal["", "reached", "out_of_reach", "trivial", "behind", "little_data"]


@dataclass(frozen=True, slots=True)
class Month:
    """What a month brought, in ``days`` working days."""

    value: float
    days: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Chance:
    """A probability of 1, the sum that is expected at the end with its standard deviation, and
    how many months or deals it rests on."""

    share: float
    expected: float
    spread: float
    n: int


def by_past(actual: float, quota: float, days_left: int, months: Sequence[Month]) -> Chance | None:
    """The chance that what is missing comes in the days left, as months before have gone.

    None with fewer than four months. ``months`` are whole ones, with their zeros.
    """
    rates = [month.value / month.days for month in months if month.days]
    if len(rates) < MONTHS_NEEDED:
        return None
    usual = fmean(month.days for month in months if month.days)
    mean, varies = fmean(rates), stdev(rates)
    expected = actual + mean * days_left
    # A month's rate varies as its days do together: a day by √days more.
    variance = varies**2 * days_left * (usual + days_left / len(rates))
    return Chance(
        share=_beyond(quota, expected, sqrt(variance)), expected=expected, spread=sqrt(variance),
        n=len(rates),
    )  # fmt: skip


def by_deals(actual: float, quota: float, deals: Sequence[tuple[float, float]]) -> Chance | None:
    """The chance that open deals, each ``(amount, probability of 1)``, bring what is missing.

    None with fewer than three. Won 50,000 and open 100,000 at 50 %, 60,000 at 20 % and 40,000 at
    90 % are 148,000 to be expected, give or take 56,745.
    """
    if len(deals) < DEALS_NEEDED:
        return None
    expected = actual + sum(amount * p for amount, p in deals)
    spread = sqrt(sum(amount**2 * p * (1 - p) for amount, p in deals))
    share = _beyond(quota, expected, spread)
    if len(deals) <= EXACT:
        share = _exactly(quota - actual, deals)
    return Chance(share=share, expected=expected, spread=spread, n=len(deals))


def _beyond(quota: float, expected: float, spread: float) -> float:
    if not spread:
        return 1.0 if expected >= quota else 0.0
    return 1 - NormalDist(expected, spread).cdf(quota)


def _exactly(missing: float, deals: Sequence[tuple[float, float]]) -> float:
    """The share of outcomes, by how likely each is, that bring what is missing."""
    outcomes = [(0.0, 1.0)]
    for amount, p in deals:
        outcomes = [
            (value + amount * won, weight * (p if won else 1 - p))
            for value, weight in outcomes
            for won in (0, 1)
        ]
    return min(sum(weight for value, weight in outcomes if value >= missing - 1e-9), 1.0)


def mark_of(
    *,
    actual: float,
    quota: float,
    pace: float | None,
    passed: float,
    past: Chance | None,
    deals: Chance | None,
) -> Mark:
    """What is to be said of a target, the gravest first. ``passed`` is the share of the working
    days that are over, ``pace`` 1 on plan.

    Out of reach: neither the past nor the open deals give it a chance of 5 %. Trivial: before half
    of the days are over it is reached, or the past alone makes it all but sure.
    """
    known = [chance.share for chance in (past, deals) if chance is not None]
    if actual >= quota:
        return "trivial" if passed < EARLY else "reached"
    if known and max(known) < UNLIKELY:
        return "out_of_reach"
    if past is not None and past.share > SURE and passed < EARLY:
        return "trivial"
    if pace is not None and pace < 0.75:
        return "behind"
    return "" if known else "little_data"
