"""How evenly a rule has given out, against what it should have."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.models import model_of
from plugin_api.turns import expected
from plugins.assignment.models import Given


@dataclass(frozen=True, slots=True)
class Row:
    """What somebody got of a rule, and what they should have, to a hundredth."""

    user_id: int
    name: str
    got: int
    expected: float

    @property
    def difference(self) -> float:
        """Got beyond what was expected."""
        return round(self.got - self.expected, 2)


def table(rule_id: int, start: dt.date, end: dt.date) -> list[Row]:
    """By person, within what the actor may see of them. Two statements."""
    asked = sa.select(Given.user_id, Given.shares).where(
        Given.rule_id == rule_id, Given.on >= start, Given.on <= end
    )
    rows = host().session.execute(asked).all()
    should = expected(row[1] for row in rows)
    got: dict[int, int] = {}
    for row in rows:
        if row[0] is not None:
            got[row[0]] = got.get(row[0], 0) + 1
    people = _names(set(should) | set(got))
    made = [
        Row(id_, name, got.get(id_, 0), round(float(should.get(id_, Fraction(0))), 2))
        for id_, name in people.items()
    ]
    return sorted(made, key=lambda row: (-row.got, row.name))


def _names(ids: set[int]) -> dict[int, str]:
    user: Any = model_of("core.User")
    asked = sa.select(user.id, user.name).where(user.id.in_(ids))
    return {row[0]: row[1] for row in host().session.execute(asked)}
