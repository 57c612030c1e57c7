"""What a person sees of their pay: statements, their lines, and the rules that they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugins.incentives.models import Entry, Participant, Statement, Version
from plugins.incentives.services.shapes import Period

MOST = 36


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a period: how it is made, what it comes to, and what of it is in this statement."""

    kind: str
    text: str
    whole: int
    here: int
    late: bool
    period: Period
    entry_id: int
    """Its newest entry, for what is behind it; 0 for a line that rests on no figure."""


def statements(user_id: int) -> list[Statement]:
    """The newest statements of somebody that the actor may see."""
    asked = sa.select(Statement).where(
        Statement.user_id == user_id, host().records.visible(Statement)
    )
    return list(host().session.scalars(asked.order_by(Statement.start.desc()).limit(MOST)))


def lines(statement: Statement) -> list[Line]:
    """The lines of a statement that the actor may see, in their order; what came late for an
    earlier period last."""
    asked = sa.select(Entry).where(_readable(statement)).order_by(Entry.id)
    made: dict[Any, Line] = {}
    for entry in host().session.scalars(asked):
        alone = entry.id if entry.kind == "adjusted" else None
        key = (
            entry.start, entry.component_id, entry.kind, entry.step, entry.each_id, alone,
        )  # fmt: skip
        before = made.get(key)
        made[key] = Line(
            entry.kind, entry.text, entry.whole, entry.amount + (before.here if before else 0),
            entry.start != statement.start, Period(entry.start, entry.end),
            entry.id if entry.component_id else 0,
        )  # fmt: skip
    shown = [line for line in made.values() if line.here or line.whole]
    return sorted(shown, key=lambda line: (line.late, line.period.start))


def are_all(statement: Statement, shown: Sequence[Line]) -> bool:
    """Whether these lines are all that the statement comes to: others are kept from the actor."""
    return sum(line.here for line in shown) == statement.amount


def versions_of(statement: Statement) -> list[Version]:
    """The rules that the lines of a statement rest on, as far as the actor may see those."""
    wanted = sa.select(Entry.plan_version_id).where(_readable(statement))
    asked = sa.select(Version).where(Version.id.in_(wanted)).order_by(Version.number)
    return list(host().session.scalars(asked))


def acknowledged(plan_id: int, user_id: int) -> tuple[Participant | None, Version | None]:
    """Somebody's part in a plan, and the version in force if they have not acknowledged it."""
    asked = sa.select(Participant).where(
        Participant.plan_id == plan_id, Participant.user_id == user_id
    )
    part = host().session.scalars(asked.order_by(Participant.starts_on.desc()).limit(1)).first()
    newest = sa.select(Version).where(Version.plan_id == plan_id, Version.state == "published")
    version = host().session.scalars(newest.order_by(Version.valid_from.desc()).limit(1)).first()
    if part is None or version is None or part.acknowledged_id == version.id:
        return part, None
    return part, version


def _readable(statement: Statement) -> sa.ColumnElement[bool]:
    return sa.and_(Entry.statement_id == statement.id, host().records.visible(Entry))
