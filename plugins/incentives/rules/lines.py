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


def rounded(amounts: Iterable[Decimal], start: Decimal = Decimal(0)) -> list[int]:
    """Whole minor units of exact amounts, so that they add up to the rounded sum of all: each is
    what the running total grows by, from ``start`` on. ``rounded([1.5, 1.5, 1.5]) == [2, 1, 2]``.
    """
    made, running, before = [], start, _whole(start)
    for amount in amounts:
        running += amount
        after = _whole(running)
        made.append(after - before)
        before = after
    return made


def _whole(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))


def grown(after: Iterable[Line], before: Iterable[Line]) -> list[Line]:
    """What lines of a running total come to beyond those of an earlier one, step by step: lines
    of one step have one rate."""
    made = {(line.start, line.rate): line for line in after}
    for line in before:
        key = (line.start, line.rate)
        held = made.get(key)
        base = (held.base if held else Decimal(0)) - line.base
        made[key] = Line(base, line.rate, line.start, line.end)
    lines = sorted(made.values(), key=lambda line: line.start or Decimal(0))
    return [line for line in lines if line.base]
