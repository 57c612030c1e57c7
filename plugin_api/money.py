"""Money: an integer of minor units and a currency. Pure functions, no rates, no rounding twice."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel.numbers import get_currency_precision


@lru_cache(maxsize=512)
def precision(currency: str) -> int:
    """Decimal places of a currency by CLDR: CNY 2, JPY 0, KWD 3."""
    return get_currency_precision(currency)


def to_minor(amount: Decimal, currency: str) -> int:
    """Minor units of an amount, half up. ``to_minor(Decimal("1.005"), "CNY") == 101``."""
    return round_half_up(amount.scaleb(precision(currency)))


def from_minor(minor: int, currency: str) -> Decimal:
    """The amount of so many minor units. ``from_minor(101, "CNY") == Decimal("1.01")``."""
    return Decimal(minor).scaleb(-precision(currency))


def round_half_up(value: Decimal) -> int:
    """The nearest integer; halves away from zero."""
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))


def convert(minor: int, source: str, target: str, rate: Decimal) -> int:
    """Minor units of ``target`` for minor units of ``source`` at ``rate`` target per source."""
    return to_minor(from_minor(minor, source) * rate, target)


def allocate(total: int, weights: Sequence[int | Decimal]) -> list[int]:
    """Split an integer by weights so that the parts sum to it, by largest remainder.

    Ties go to the earlier part: ``allocate(100000, [1, 1, 1]) == [33334, 33333, 33333]``.
    A negative total splits like its opposite. Raises ValueError when the weights are empty,
    negative or all zero.
    """
    if not weights or any(w < 0 for w in weights) or not sum(weights):
        raise ValueError("weights must be non-negative and not all zero")
    if total < 0:
        return [-part for part in allocate(-total, weights)]
    exact = [Decimal(total) * Decimal(w) / Decimal(sum(weights)) for w in weights]
    parts = [int(share) for share in exact]
    order = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in order[: total - sum(parts)]:
        parts[i] += 1
    return parts
