"""What a target is part of, and what its own parts come to."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_company
from plugin_api.money import from_minor
from plugins.targets.models import Target
from plugins.targets.services import reading, smart
from plugins.targets.services.attainment import chain
from plugins.targets.services.periods import Period
from plugins.targets.services.smart import Letter

SHORT = 31
"""Days of a period that needs no parts."""


def relevant(target: Target) -> Letter:
    """Whether a target serves one above it: the R of SMART."""
    top = target.level == "company" and target.dimension is None
    linked = target.parent_id is not None
    implied = "" if top or linked else above(target)
    return smart.relevant(linked=linked, implied=implied, top=top and not linked)


def above(target: Target) -> str:
    """The name of the nearest target above that covers its days; empty without one."""
    asked = sa.select(
        Target.name, Target.level, Target.team_id, Target.user_id, Target.dimension,
        Target.start, Target.end,
    ).where(
        Target.measure == target.measure,
        Target.start <= target.start,
        Target.end >= target.end,
        Target.id != (target.id or 0),
        sa.or_(Target.dimension.is_(None), Target.member_key == target.member_key),
    )  # fmt: skip
    teams = {team.id: team for team in reading.all_teams()}
    chain_up: dict[int | None, int] = {}
    team_id = target.team_id if target.level == "team" else _team_of(target.user_id)
    while team_id in teams and team_id not in chain_up:
        chain_up[team_id] = len(chain_up)
        team_id = teams[team_id].parent_id
    best: tuple[int, int, str] | None = None
    for row in host().session.execute(asked):
        rank = _rank(target, row, chain_up)
        if rank is not None:
            found = (rank, (row.end - row.start).days, row.name)
            best = min(best, found) if best else found
    return best[2] if best else ""


def _rank(target: Target, row: Any, chain_up: dict[Any, int]) -> int | None:
    """How near a target is above another; None where it is not above it."""
    own = (row.level, row.team_id, row.user_id) == (target.level, target.team_id, target.user_id)
    if own and ((row.end - row.start) > (target.end - target.start) or row.dimension is None):
        same_days = (row.start, row.end) == (target.start, target.end)
        return None if same_days and row.dimension == target.dimension else 1
    if row.level == "company" and target.level != "company":
        return 1000
    if row.level == "team" and row.team_id in chain_up:
        here = target.level == "team" and row.team_id == target.team_id
        return None if here else 2 + chain_up[row.team_id]
    return None


def _team_of(user_id: int | None) -> int | None:
    people = {person.id: person.team_id for person in reading.all_people()} if user_id else {}
    return people.get(user_id or 0)


def timed(target: Target, value: Decimal, *, additive: bool) -> Letter:
    """Whether a long target is handed down in parts that add up to its value: the T of SMART."""
    period = Period(target.period, target.start, target.end)  # type: ignore[arg-type]
    is_short = (period.end - period.start).days < SHORT or not additive
    rows = _parts(target) if additive else []
    handed_down = [row for row in rows if row.parent_id == target.id and not _is_mine(target, row)]
    if handed_down:
        parts = _sum(handed_down)
        if parts != value:
            return smart.timed(is_short=is_short, parts=parts, whole=value, gap=False)
    mine = [row for row in rows if _is_mine(target, row)]
    if not mine:
        summed = value if handed_down else None
        return smart.timed(is_short=is_short, parts=summed, whole=value, gap=False)
    filled = {goal.id for goal in chain([reading.goal_of(row, "number") for row in mine], period)}
    parts = _sum([row for row in mine if row.id in filled])
    return smart.timed(is_short=is_short, parts=parts, whole=value, gap=not filled)


def _parts(target: Target) -> Sequence[Any]:
    """Targets that are part of it by name, or its own for shorter periods inside."""
    own = sa.and_(
        Target.measure == target.measure,
        Target.level == target.level,
        Target.team_id.is_not_distinct_from(target.team_id),
        Target.user_id.is_not_distinct_from(target.user_id),
        Target.dimension.is_not_distinct_from(target.dimension),
        Target.member_key.is_not_distinct_from(target.member_key),
    )
    shorter = sa.or_(Target.start > target.start, Target.end < target.end)
    inside = Period("custom", target.start, target.end)
    where = sa.or_(Target.parent_id == target.id, sa.and_(own, shorter))
    return reading.targets_inside(inside, where, Target.id != target.id)


def _is_mine(target: Target, row: Any) -> bool:
    return bool(
        (row.level, row.team_id, row.user_id, row.dimension, row.member_key)
        == (target.level, target.team_id, target.user_id, target.dimension, target.member_key)
    )


def _sum(rows: Sequence[Any]) -> Decimal:
    """What targets come to, in units that people read."""
    currency = current_company().currency
    figures = [
        row.quantity or Decimal(0) if row.amount is None else from_minor(row.amount, currency)
        for row in rows
    ]
    return sum(figures, Decimal(0))
