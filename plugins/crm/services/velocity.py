"""What a pipeline yields: expectation, speed and how far opportunities come. Pure numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is won and what may still be, with how far it may miss (one standard deviation)."""

    won: Decimal
    weighted: Decimal
    deviation: Decimal

    @property
    def total(self) -> Decimal:
        """Won and weighted together."""
        return self.won + self.weighted


def expectation(won: Decimal, deals: Iterable[tuple[Decimal, Decimal]]) -> Expectation:
    """What to expect of what is won and of open deals as (amount, probability in percent).

    The deviation supposes that deals are won or lost independently of each other.
    """
    weighted = variance = Decimal(0)
    for amount, percent in deals:
        chance = percent / 100
        weighted += amount * chance
        variance += amount * amount * chance * (1 - chance)
    return Expectation(won, weighted, variance.sqrt())


def sales_velocity(
    opportunities: Decimal,
    average_won: Decimal | None,
    win_rate: Decimal | None,
    cycle_days: Decimal | None,
) -> Decimal | None:
    """Amount a day: opportunities × average won × win rate ÷ days; None when one is unknown."""
    if average_won is None or win_rate is None or not cycle_days:
        return None
    return opportunities * average_won * win_rate / cycle_days


def conversion(reached: Sequence[int]) -> list[Decimal | None]:
    """The share of those that reached each stage that reached the next; one shorter.

    ``conversion([100, 60, 30, 18])`` is 60 %, 50 %, 60 %.
    """
    return [
        Decimal(after) / Decimal(before) if before else None for before, after in pairwise(reached)
    ]
