"""Splitting a parent's figure over people or months so that nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from plugin_api.money import allocate


@dataclass(frozen=True, slots=True)
class Split:
    """Parts of a total, in its smallest step, and what they leave over.

    ``remainder`` is negative when the parts are more than the total.
    """

    total: int
    parts: tuple[int, ...]

    @property
    def remainder(self) -> int:
        return self.total - sum(self.parts)


def split_evenly(total: int, count: int) -> Split:
    """Equal parts, the odd cents to the first. Raises ValueError when there is nobody."""
    return Split(total, tuple(allocate(total, [1] * count)))


def split_by_history(total: int, history: Sequence[Decimal]) -> Split:
    """Parts in proportion to what each did before; a negative history counts as none.

    Raises ValueError when nobody did anything: there is no proportion to go by.
    """
    return Split(total, tuple(allocate(total, [max(past, Decimal(0)) for past in history])))


def split_around(total: int, kept: Sequence[int | None], weights: Sequence[int | Decimal]) -> Split:
    """What the kept parts leave over, to the others in proportion to their weights; a kept part
    stays as it is. Nothing is taken from anybody: where the kept parts are more than the total the
    others get 0, and the remainder is negative.

    Raises ValueError when there is something to give and nobody, or no weight, to give it by.
    """
    rest = total - sum(part for part in kept if part is not None)
    free = [i for i, part in enumerate(kept) if part is None]
    parts = [0 if part is None else part for part in kept]
    if free and rest > 0:
        given = allocate(rest, [max(weights[i], 0) for i in free])
        for i, part in zip(free, given, strict=True):
            parts[i] = part
    if not kept:
        raise ValueError("there is nobody")
    return Split(total, tuple(parts))


def season(years: Sequence[Sequence[Decimal]]) -> list[Decimal]:
    """The mean share that each period had of its year; a year that came to nothing says nothing,
    and a negative figure counts as none. Empty when no year says anything."""
    shares = []
    for year in years:
        figures = [max(figure, Decimal(0)) for figure in year]
        if sum(figures):
            shares.append([figure / sum(figures) for figure in figures])
    return [sum(column, Decimal(0)) / len(shares) for column in zip(*shares, strict=True)]
