"""Short-term bonuses per unit, out of a budget that is used up in the order of events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Granted:
    """Units of one event that are paid for, and what they bring."""

    units: Decimal
    amount: Decimal


def granted(
    units: Sequence[Decimal], each: Decimal, budget: Decimal | None, whose: Sequence[Hashable] = ()
) -> list[Granted]:
    """What events bring, in their order, at ``each`` a unit: whole units as long as the budget
    lasts. Units that are taken back (below zero) give back what they had taken, and no more than
    ``whose`` they are was paid for."""
    left, made = budget, []
    held: dict[Hashable, Decimal] = defaultdict(Decimal)
    for wanted, who in zip(units, whose or [None] * len(units), strict=True):
        paid = wanted
        if wanted < ZERO:
            paid = max(wanted, -held[who])
        elif left is not None:
            paid = min(wanted, left // each if each else wanted)
        held[who] += paid
        if left is not None:
            left -= paid * each
        made.append(Granted(paid, paid * each))
    return made
