"""The four levels on which a course is judged: reaction, learning, behaviour, results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import mean

from plugins.training.rules.scoring import gain


@dataclass(frozen=True, slots=True)
class Learnt:
    """Tests before and after of who took both, in percent. ``gain`` is what was learnt of what
    was missing, of all together; ``topped`` had nothing left to learn before."""

    n: int
    before: Decimal | None
    after: Decimal | None
    gain: Decimal | None
    topped: int


def learnt(pairs: Sequence[tuple[Decimal, Decimal]]) -> Learnt:
    """58 before and 79 after is a gain of 50 percent of what was missing."""
    if not pairs:
        return Learnt(0, None, None, None, 0)
    before, after = (mean(each) for each in zip(*pairs, strict=True))
    topped = sum(1 for pair in pairs if pair[0] >= 100)
    return Learnt(len(pairs), round(before, 1), round(after, 1), gain(before, after), topped)


def share(part: int, whole: int) -> Decimal | None:
    """12 of 20 is 60 percent; None of nothing."""
    return round(Decimal(100 * part) / whole, 1) if whole else None


def return_on(benefit: Decimal, cost: Decimal) -> Decimal | None:
    """What came back of what it cost, in percent: 48,000 for 30,000 is 60. None where it cost
    nothing."""
    return round(100 * (benefit - cost) / cost, 1) if cost > 0 else None
