"""What looks odd about a figure of a contest. It is shown to who decides; nothing happens by
itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

HALF = Decimal("0.5")
LEAST_DAYS = 7
"""Of time afterwards from which on it is held against the contest."""
BUNCH = 3
"""Records of one day that are named where more than ever before."""


class Fact(NamedTuple):
    """What one record added on a day."""

    on: date
    value: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class Course:
    """How a figure went: in the contest, in spans of equal length before, and afterwards."""

    during: Decimal
    later: Decimal
    """The contest's figure as it is now."""
    base: Decimal | None
    """The mean of the spans before."""
    after: Decimal = Decimal(0)
    after_share: Decimal = Decimal(0)
    """How much of a whole span has passed since, 0 to 1."""
    after_days: int = 0
    is_money: bool = False
    facts: Sequence[Fact] = ()
    before: Sequence[Fact] = ()
    spans: int = 1
    """How many spans ``before`` holds."""


def flags(course: Course) -> list[dict[str, Any]]:
    """Keys with the numbers that they name, as JSON: ``cancelled, pulled, split, bunched``."""
    found: list[dict[str, Any]] = []
    if course.later < course.during:
        found.append(_flag("cancelled", lost=course.during - course.later))
    if _is_pulled(course):
        expected = (course.base or Decimal(0)) * course.after_share
        found.append(_flag("pulled", after=course.after, expected=expected))
    if course.is_money and _is_split(course):
        found.append(_flag("split", records=len(course.facts),
                           before=Decimal(len(course.before)) / course.spans))  # fmt: skip
    most = _most(course.facts)
    if not course.is_money and most >= BUNCH and most > 2 * _most(course.before):
        found.append(_flag("bunched", records=most, before=_most(course.before)))
    return found


def _is_pulled(course: Course) -> bool:
    """More than usual in the contest, and less than half of it afterwards."""
    if course.base is None or course.after_days < LEAST_DAYS:
        return False
    expected = course.base * course.after_share
    return course.during > course.base and course.after < expected * HALF


def _is_split(course: Course) -> bool:
    """At least twice as many records as usual, each of at most half of the usual size."""
    if not course.before or len(course.facts) < BUNCH:
        return False
    more = len(course.facts) * course.spans >= 2 * len(course.before)
    size = sum((each.value for each in course.facts), Decimal(0)) / len(course.facts)
    usual = sum((each.value for each in course.before), Decimal(0)) / len(course.before)
    return more and size <= usual * HALF


def _most(facts: Sequence[Fact]) -> int:
    return max(Counter(each.on for each in facts).values(), default=0)


def _flag(key: str, **numbers: Decimal | int) -> dict[str, Any]:
    return {"key": key, **{name: str(round(value, 2)) for name, value in numbers.items()}}
