"""Weights, scores and TOWS pairs. Numbers in, numbers out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from plugin_api.money import allocate

ONE = Decimal(1)
STEP = Decimal("0.0001")
"""The smallest step of a weight."""
INNER = ("strength", "weakness")
OUTER = ("opportunity", "threat")
POSTURES = {
    ("strength", "opportunity"): "SO",
    ("strength", "threat"): "ST",
    ("weakness", "opportunity"): "WO",
    ("weakness", "threat"): "WT",
}


def side_of(quadrant: str) -> str:
    """``inner`` for what is the company's own doing, ``outer`` for what it meets."""
    return "inner" if quadrant in INNER else "outer"


def posture_of(inner: str, outer: str) -> str:
    """What a pair of quadrants asks for. Raises KeyError for a pair of one side."""
    return POSTURES[inner, outer]


def item_score(weight: Decimal | None, intensity: int | None) -> Decimal | None:
    """Weight × intensity; None while one of them lacks."""
    return None if weight is None or intensity is None else weight * intensity


def pair_score(inner: Decimal | None, outer: Decimal | None, fit: int) -> Decimal | None:
    """The weight of one × the weight of the other × fit (0 to 3)."""
    return None if inner is None or outer is None else inner * outer * fit


def scaled(weights: Sequence[Decimal | int | None]) -> list[Decimal]:
    """Weights in the same proportions that sum to exactly 1, by largest remainder. What has no
    weight gets none, unless nothing has: then all are alike."""
    if not weights:
        return []
    given = [weight or 0 for weight in weights]
    if not any(given):
        given = [1] * len(given)
    return [part * STEP for part in allocate(int(ONE / STEP), given)]
