"""What is paid of what was earned: caps, draws and guarantees."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Capped:
    """What a cap leaves, and what lies above it."""

    paid: Decimal
    over: Decimal


def cap(earned: Decimal, most: Decimal | None, brought: Decimal = ZERO) -> Capped:
    """At most ``most`` of what was earned and what an earlier period ``brought``: what is over is
    for the caller to carry on or to forfeit. A return lowers the part above the cap first."""
    whole = earned + brought
    if most is None or whole <= most:
        return Capped(whole, ZERO)
    return Capped(most, whole - most)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is paid, and what is still owed by who has drawn it."""

    paid: Decimal
    balance: Decimal


def draw(earned: Decimal, least: Decimal, owed: Decimal = ZERO, *, recovered: bool = True) -> Drawn:
    """At least ``least`` is paid. What was paid beyond earnings is owed and is taken from
    earnings above the draw alone; with ``recovered`` false it is a guarantee and owed by nobody.
    """
    if earned <= least:
        return Drawn(least, owed + (least - earned) if recovered else owed)
    taken = min(owed, earned - least) if recovered else ZERO
    return Drawn(earned - taken, owed - taken)
