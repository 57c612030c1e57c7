"""Grades by the share of the whole that lies before an account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

HUNDRED = Decimal(100)

Limits = Sequence[tuple[str, Decimal | None]]
"""Grade → the percentage of the whole below which an account still gets it, the best first; None
for the last, which takes the rest."""


class Place(NamedTuple):
    """Where an account stands: ``before`` is the percentage of the whole that lies with those
    who have more, ``rank`` 1 for the one with the most. Equals share both."""

    rank: int
    before: Decimal


def places(values: Mapping[int, Decimal]) -> dict[int, Place]:
    """The place of each account with a figure above nothing: a return may leave less than
    nothing, which is no part of the whole."""
    found = sorted(
        ((value, id_) for id_, value in values.items() if value > 0),
        key=lambda each: (-each[0], each[1]),
    )
    whole = sum((value for value, _id in found), Decimal(0))
    made: dict[int, Place] = {}
    passed, rank = Decimal(0), 1
    for value, equals in groupby(found, key=lambda each: each[0]):
        ids = [id_ for _value, id_ in equals]
        place = Place(rank, HUNDRED * passed / whole)
        made.update(dict.fromkeys(ids, place))
        passed += value * len(ids)
        rank += len(ids)
    return made


def grade_of(
    before: Decimal, limits: Limits, held: str | None = None, slack: Decimal = Decimal(0)
) -> str:
    """The grade of a share before. Who has a grade already keeps it while the share is within so
    many percentage points of what that grade takes, so that nobody moves to and fro.

    >>> grade_of(Decimal(90), (("A", Decimal(80)), ("B", Decimal(95)), ("C", None)))
    'B'
    """
    floor = Decimal(0)
    found = ""
    for grade, limit in limits:
        fits = limit is None or before < limit
        if fits and not found:
            found = grade
        if grade == held and floor - slack <= before and (limit is None or before < limit + slack):
            return grade
        if limit is not None:
            floor = limit
    return found


def grades(
    values: Mapping[int, Decimal],
    limits: Limits,
    held: Mapping[int, str | None] | None = None,
    slack: Decimal = Decimal(0),
) -> dict[int, str]:
    """The grade of each account with a figure above nothing."""
    known = held or {}
    return {
        id_: grade_of(place.before, limits, known.get(id_), slack)
        for id_, place in places(values).items()
    }
