"""Scores and places of a contest."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from decimal import Decimal
from statistics import median
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
HUNDRED = Decimal(100)


def base(history: Sequence[Decimal]) -> Decimal | None:
    """One's own history: the mean of its spans; None of nothing, or of nothing above zero."""
    if not history:
        return None
    mean = sum(history, Decimal(0)) / len(history)
    return mean if mean > 0 else None


def handicapped(
    figures: Mapping[K, Decimal], bases: Mapping[K, Decimal | None]
) -> dict[K, Decimal | None]:
    """Each figure in percent of one's own history.

    Who has none is measured by the middle of the others', so that a beginner neither wins by a
    first deal nor is out of it; None for all where nobody has any.
    """
    known = [each for each in bases.values() if each is not None]
    middle = median(known) if known else None
    found: dict[K, Decimal | None] = {}
    for key, figure in figures.items():
        own = bases.get(key) or middle
        found[key] = None if own is None else figure / own * HUNDRED
    return found


def places(scores: Mapping[K, Decimal | None]) -> dict[K, int | None]:
    """Places from the highest score: equal ones share a place, and the next is left out
    (1, 1, 3). None for no score, or one that is not above zero: nobody wins by nothing."""
    ordered = sorted((score for score in scores.values() if score is not None), reverse=True)
    return {
        key: ordered.index(score) + 1 if score is not None and score > 0 else None
        for key, score in scores.items()
    }
