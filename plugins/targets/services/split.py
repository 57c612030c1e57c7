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
