"""Figures of measures as plans need them: in units that people read, as somebody may see them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.errors import NotFound
from plugin_api.figures import measure_of, readable
from plugin_api.measures import Measure, Ratio
from plugin_api.models import model_of


@contextmanager
def as_owner(user_id: int | None) -> Iterator[None]:
    """Work as whoever has a plan, so that its figures are theirs whoever looks; as the actor for
    one that nobody has, or whose owner has left."""
    if user_id is None:
        yield
        return
    try:
        acting = host().acting_for(user_id)
        acting.__enter__()
    except NotFound:
        yield
        return
    try:
        yield
    finally:
        acting.__exit__(None, None, None)


def unit_of(key: str | None) -> str:
    """The unit of a measure; that of numbers for one that is not there now."""
    found = measure_of(key)
    return found.unit if found is not None else "number"


def is_sum(measure: Measure | Ratio) -> bool:
    """Whether twice the days have twice of it."""
    return isinstance(measure, Measure) and not measure.snapshot and measure.unit != "ratio"


def figure(
    measure: Measure | Ratio, start: dt.date, end: dt.date, filters: Mapping[str, Any]
) -> Decimal | None:
    """The figure of some days, in units that people read. One statement."""
    first: dt.date | None = start
    last: dt.date | None = end
    if isinstance(measure, Measure) and measure.snapshot:
        first = last = None
    value = host().measures.value(measure.key, first, last, filters)
    if value is None and is_sum(measure):
        value = Decimal(0)
    return None if value is None else readable(value, measure.unit)


def whose(kind: str, owner_id: int | None, team_id: int | None) -> Mapping[str, Any]:
    """Filters for the figure of a person, of a team and all below it, or of the company."""
    if kind == "owner" and owner_id is not None:
        return {"user": owner_id}
    if kind == "team" and team_id is not None:
        return {"team": below(team_id)}
    return {}


def below(team_id: int) -> Sequence[int]:
    """A team and all teams that are part of it. One statement."""
    team: Any = model_of("core.Team")
    rows = host().session.execute(sa.select(team.id, team.parent_id))
    parents = {row[0]: row[1] for row in rows}
    found, pending = [team_id], [team_id]
    while pending:
        here = pending.pop()
        for each, parent in parents.items():
            if parent == here and each not in found:
                found.append(each)
                pending.append(each)
    return found
