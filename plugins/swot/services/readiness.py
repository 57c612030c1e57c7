"""What an analysis lacks to be finished. Plain values in, sentences out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from plugin_api.context import gettext
from plugins.swot.services.scoring import ONE, OUTER, side_of


@dataclass(frozen=True, slots=True)
class Said:
    """An item as it is checked. ``proofs`` are the kinds of its evidence."""

    name: str
    quadrant: str
    weight: Decimal | None
    intensity: int | None
    expires_on: dt.date | None
    proofs: Sequence[str]


def lacks(items: Sequence[Said], day: dt.date) -> list[str]:
    """Why the analysis is no whole one on that day; nothing where it is."""
    found = []
    for side in ("inner", "outer"):
        here = [item for item in items if side_of(item.quadrant) == side]
        found += _of_side(side, here)
    for item in items:
        found += _of_item(item, day)
    return found


def weight_sum(items: Sequence[Said], side: str) -> Decimal:
    """What the weights of a side come to."""
    return sum(
        (item.weight or Decimal(0) for item in items if side_of(item.quadrant) == side), Decimal(0)
    )


def shown(weight: Decimal) -> str:
    """A weight without zeros at its end."""
    text = f"{weight.normalize():f}"
    return text if text != "-0" else "0"


def _of_side(side: str, items: Sequence[Said]) -> list[str]:
    if not items:
        if side == "inner":
            return [gettext("There is no strength and no weakness.")]
        return [gettext("There is no opportunity and no threat.")]
    total = weight_sum(items, side)
    if total == ONE:
        return []
    if side == "inner":
        return [
            gettext(
                "The weights of strengths and weaknesses sum to %(sum)s, not to 1.",
                sum=shown(total),
            )
        ]
    return [
        gettext(
            "The weights of opportunities and threats sum to %(sum)s, not to 1.", sum=shown(total)
        )
    ]


def _of_item(item: Said, day: dt.date) -> list[str]:
    name, found = item.name, []
    if item.weight is None:
        found.append(gettext("“%(item)s” has no weight.", item=name))
    if item.intensity is None:
        found.append(gettext("“%(item)s” has no intensity.", item=name))
    if not item.proofs:
        found.append(gettext("“%(item)s” has no evidence.", item=name))
    elif item.quadrant in OUTER and all(proof == "measure" for proof in item.proofs):
        found.append(
            gettext(
                "“%(item)s” is shown by our own figures only: what we are is a strength or a"
                " weakness. Name a record or a source from outside.",
                item=name,
            )
        )
    if item.expires_on is not None and item.expires_on < day:
        found.append(gettext("“%(item)s” is not valid any more: look at it again.", item=name))
    return found
