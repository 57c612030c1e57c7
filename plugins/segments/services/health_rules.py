"""How well an account is: points of factors, weighed by what a company holds them to be worth."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

FULL = 100


class Part(NamedTuple):
    """A factor of an account: its value, the points of 100 that it gives, and its weight."""

    kind: str
    value: Decimal
    points: int
    weight: int


def points(value: Decimal, none: Decimal, full: Decimal) -> int:
    """Points of 100 along the line between the value that gives none and the one that gives all;
    either may be the larger.

    >>> points(Decimal(60), none=Decimal(120), full=Decimal(0))
    50
    """
    if none == full:
        return FULL if value == full else 0
    share = (value - none) / (full - none)
    return int((min(max(share, Decimal(0)), Decimal(1)) * FULL).quantize(Decimal(1)))


def score(parts: Sequence[Part]) -> int | None:
    """The mean of the points by weight. What is not known of an account weighs nothing, so that
    it is not taken for bad; None where nothing is known."""
    weight = sum(part.weight for part in parts)
    if weight == 0:
        return None
    whole = Decimal(sum(part.points * part.weight for part in parts)) / weight
    return int(whole.quantize(Decimal(1)))
