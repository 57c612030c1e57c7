"""What came, went and moved between two analyses, and how several stand by factors. Plain values
in, plain values out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from plugins.swot.services.scoring import INNER

What = Literal["came", "went", "moved", "weighed", "same"]
SIGNS = {"strength": 1, "weakness": -1, "opportunity": 1, "threat": -1}
PLACES = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Seen:
    """An item as it is compared. ``former`` is the number of the one that it was made of."""

    id: int
    name: str
    quadrant: str
    weight: Decimal | None
    intensity: int | None
    factor: str | None = None
    former: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What became of an item; ``before`` or ``after`` is None for one that came or went."""

    what: What
    before: Seen | None
    after: Seen | None


def changes(before: Sequence[Seen], after: Sequence[Seen]) -> list[Change]:
    """What came, moved to another quadrant, is weighed otherwise, stayed or went: in this order.

    Items are the same when one was made of the other, else when they say the same.
    """
    old = {item.id: item for item in before}
    free = {_said(item): item for item in reversed(before)}
    found, matched = [], set()
    for item in after:
        was = old.get(item.former or 0)
        if was is None or was.id in matched:
            was = free.get(_said(item))
        if was is None or was.id in matched:
            found.append(Change("came", None, item))
            continue
        matched.add(was.id)
        found.append(Change(_between(was, item), was, item))
    found += [Change("went", item, None) for item in before if item.id not in matched]
    order = ("came", "moved", "weighed", "same", "went")
    return sorted(found, key=lambda each: order.index(each.what))


def _between(before: Seen, after: Seen) -> What:
    if before.quadrant != after.quadrant:
        return "moved"
    same = (before.weight, before.intensity) == (after.weight, after.intensity)
    return "same" if same else "weighed"


def _said(item: Seen) -> str:
    return " ".join(item.name.casefold().split())


def totals(items: Sequence[Seen]) -> Mapping[str, Decimal]:
    """Σ weight × intensity of each quadrant."""
    found = dict.fromkeys(SIGNS, Decimal(0))
    for item in items:
        found[item.quadrant] += (item.weight or Decimal(0)) * (item.intensity or 0)
    return found


def standing(items: Sequence[Seen]) -> Mapping[str, Decimal]:
    """Factor → the mean intensity of what is one's own about it, by weight, a weakness below
    zero: from −5 to 5. Factors of which nothing is said are not there."""
    sums: dict[str, list[Decimal]] = {}
    for item in items:
        if item.factor is None or item.quadrant not in INNER or not item.weight:
            continue
        if item.intensity is None:
            continue
        here = sums.setdefault(item.factor, [Decimal(0), Decimal(0)])
        here[0] += item.weight * item.intensity * SIGNS[item.quadrant]
        here[1] += item.weight
    return {factor: (a / b).quantize(PLACES) for factor, (a, b) in sums.items()}
