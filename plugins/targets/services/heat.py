"""Attainment of people by periods of a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from plugin_api import host
from plugins.targets.models import Target
from plugins.targets.services import reading
from plugins.targets.services.attainment import Clock, Figure, Goal, Who, due
from plugins.targets.services.frames import Frame
from plugins.targets.services.grid import Line
from plugins.targets.services.periods import Period


@dataclass(frozen=True, kw_only=True, slots=True)
class Spot:
    """A person in a period. ``share`` of 1 is None without a target; ``pace`` goes by the days
    that have passed and is None before the period begins."""

    actual: Decimal | None = None
    quota: Decimal | None = None
    share: Decimal | None = None
    pace: Decimal | None = None
    begun: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Band:
    """A line of the map: a team's is the sum of everybody below it."""

    line: Line
    spots: tuple[Spot, ...]


def bands(frame: Frame, lines: Sequence[Line]) -> list[Band]:
    """The lines of a sheet with what came of them. A statement for targets, and one for months,
    quarters or years of a sum; for other periods and figures one or two a period."""
    if not frame.columns:
        return []
    first = min(each.start for each in frame.columns)
    last = max(each.end for each in frame.columns)
    whole, ids = Period("custom", first, last), [line.id for line in lines if line.level == "user"]
    goals = _goals(frame, whole, ids)
    brought = _brought(frame, whole, ids)
    clock = reading.clock()
    made = []
    for line in lines:
        mine = goals.get((line.level, line.id), []) if line.level == "user" else []
        spots = [
            spot_of(frame, column, mine, figures.get(line.id), clock)
            for column, figures in zip(frame.columns, brought, strict=True)
        ]
        made.append(Band(line=line, spots=tuple(spots) if line.level == "user" else ()))
    return made


def _goals(frame: Frame, whole: Period, ids: Sequence[int | None]) -> dict[Who, list[Goal]]:
    """The targets of the people of a page."""
    of_page = (
        Target.measure == frame.stick.measure.key,
        Target.dimension.is_(None),
        Target.user_id.in_(ids),
    )
    made: dict[Who, list[Goal]] = {}
    for row in reading.targets_inside(whole, *of_page):
        goal = reading.goal_of(row, frame.stick.unit)
        made.setdefault(goal.who, []).append(goal)
    return made


def _brought(frame: Frame, whole: Period, ids: Sequence[int | None]) -> list[dict[Any, Figure]]:
    """By column, what they brought."""
    measure, filters = frame.stick.measure, {"user": list(ids)}
    if not ids:
        return [{} for _column in frame.columns]
    if frame.kind not in ("month", "quarter", "year") or not frame.stick.additive:
        return [reading.figures(measure, column, filters=filters) for column in frame.columns]
    table = host().measures.table(
        measure.key, whole.start, whole.end, by=("user", frame.kind), filters=filters
    )
    made: dict[str, dict[Any, Figure]] = {}
    for point in table:
        user, start = point.keys
        made.setdefault(str(start)[:10], {})[user] = Figure(point.value or Decimal(0))
    return [made.get(f"{column.start}", {}) for column in frame.columns]


def spot_of(
    frame: Frame, column: Period, goals: Sequence[Goal], figure: Figure | None, clock: Clock
) -> Spot:
    """One person in one period."""
    stick = frame.stick
    days = column.start, column.end
    exact = [each for each in goals if (each.period.start, each.period.end) == days]
    wanted = due(exact[:1], column, clock, additive=stick.additive)
    actual = (figure or stick.nothing).value
    begun = column.start <= clock.as_of
    if wanted is None or not wanted.quota or actual is None:
        return Spot(actual=actual, quota=wanted.quota if wanted else None, begun=begun)
    expected = wanted.expected if stick.additive else wanted.quota
    return Spot(
        actual=actual,
        quota=wanted.quota,
        share=actual / wanted.quota,
        pace=actual / expected if begun and expected else None,
        begun=begun,
    )
