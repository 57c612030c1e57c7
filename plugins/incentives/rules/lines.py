"""What a rule says of its result: so much of a base at such a rate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True, slots=True)
class Line:
    """A part of a result that can be recomputed by hand: ``base`` × ``rate``.

    ``start`` and ``end`` say which step of a table it is: from, and up to but without; None
    where there is none.
    """

    base: Decimal
    rate: Decimal
    start: Decimal | None = None
    end: Decimal | None = None

    @property
    def amount(self) -> Decimal:
        """The exact result of the line."""
        return self.base * self.rate


def total(lines: Iterable[Line]) -> Decimal:
    """What lines come to, exact."""
    return sum((line.amount for line in lines), Decimal(0))


def rounded(amounts: Iterable[Decimal]) -> list[int]:
    """Whole minor units of exact amounts, so that they add up to the rounded sum of all: each is
    what the running total grows by. ``rounded([1.5, 1.5, 1.5]) == [2, 1, 2]``."""
    made, running, before = [], Decimal(0), 0
    for amount in amounts:
        running += amount
        after = int(running.quantize(Decimal(1), ROUND_HALF_UP))
        made.append(after - before)
        before = after
    return made
