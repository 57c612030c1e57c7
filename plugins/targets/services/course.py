"""How a figure grew over a period, beside what was due by each day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from plugin_api import host
from plugins.targets.services import reading
from plugins.targets.services.attainment import (
    Clock,
    Goal,
    Person,
    Team,
    Who,
    chain,
    due,
    subtree,
)
from plugins.targets.services.periods import Period
from plugins.targets.services.reading import Yardstick

DAILY = 100
"""Days up to which every day is a point; of longer periods every week is."""
NOTHING = Decimal(0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """The end of a day: sums since the period began. ``actual`` is None for days to come."""

    day: date
    expected: Decimal | None
    actual: Decimal | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Course:
    """``source`` as of a row: its own target, the sum of those below, or none."""

    points: Sequence[Point]
    quota: Decimal | None
    source: str

    @property
    def last(self) -> Point | None:
        """The newest point that has a figure."""
        return next((each for each in reversed(self.points) if each.actual is not None), None)


def course(
    stick: Yardstick, who: Who, period: Period, teams: Sequence[Team], people: Sequence[Person]
) -> Course:
    """Of somebody, a team with all below it, or everybody; two statements."""
    goals = reading.goals(stick, period)
    clock = reading.clock()
    sets, source = _wanted(goals, who, period, _inside(who, teams, people), stick.additive)
    days = days_of(period)
    table = host().measures.table(
        stick.measure.key, period.start, period.end, by=("day",), filters=_filters(who, teams)
    )
    brought = {date.fromisoformat(str(p.keys[0])[:10]): p.value or NOTHING for p in table}
    return Course(
        points=points_of(days, brought, sets, period, clock),
        quota=_sum(sets, period, clock, "quota") if sets else None,
        source=source,
    )


def days_of(period: Period) -> list[date]:
    """The days that are points: each, or the last of every week and of the period."""
    length = (period.end - period.start).days + 1
    step = 1 if length <= DAILY else 7
    found = [period.start + timedelta(days=n) for n in range(step - 1, length, step)]
    return found if found and found[-1] == period.end else [*found, period.end]


def points_of(
    days: Sequence[date],
    brought: Mapping[date, Decimal],
    sets: Sequence[Sequence[Goal]],
    period: Period,
    clock: Clock,
) -> list[Point]:
    """Sums by each of the days. What is due is that of every set of goals, by working days."""
    made: list[Point] = []
    total, at = NOTHING, period.start
    last = max(clock.as_of, max(brought, default=period.start))
    for day in days:
        while at <= day:
            total += brought.get(at, NOTHING)
            at += timedelta(days=1)
        expected = _sum(sets, period, replace(clock, as_of=day), "expected") if sets else None
        # The point that today lies in shows what there is so far.
        began = made[-1].day + timedelta(days=1) if made else period.start
        made.append(Point(day=day, expected=expected, actual=total if began <= last else None))
    return made


def _sum(sets: Sequence[Sequence[Goal]], period: Period, clock: Clock, name: str) -> Decimal:
    total = NOTHING
    for goals in sets:
        asked = due(chain(goals, period), period, clock, additive=True)
        if asked is None:
            continue
        if name == "expected":
            total += asked.quota * _season(goals, period, clock, asked.expected, asked.quota)
        else:
            total += asked.quota
    return total


def _season(
    goals: Sequence[Goal], period: Period, clock: Clock, expected: Decimal, quota: Decimal
) -> Decimal:
    """The share that is due: as smaller periods inside declare it where there are such targets
    beside the one of the whole period, else by working days alone."""
    whole = period.start, period.end
    inside = [each for each in goals if (each.period.start, each.period.end) != whole]
    smaller = chain(inside, period)
    if len(smaller) > 1 and len(smaller) < len(goals):
        parts = due(smaller, period, clock, additive=True)
        if parts is not None and parts.quota:
            return parts.expected / parts.quota
    return expected / quota if quota else NOTHING


def _wanted(
    goals: Mapping[Who, Sequence[Goal]],
    who: Who,
    period: Period,
    inside: Iterable[int],
    additive: bool,
) -> tuple[list[list[Goal]], str]:
    """The goals that ask for something: one's own, else those of everybody below, alike ones put
    together."""
    own = list(goals.get(who, ()))
    if not additive:
        return [], "none"
    if chain(own, period):
        return [own], "own"
    if who[0] == "user":
        return [], "none"
    alike: dict[Any, list[Goal]] = {}
    for user in inside:
        mine = goals.get(("user", user), ())
        if not chain(mine, period):
            continue
        shape = tuple(
            (each.period, each.active_from, each.active_to, each.part_time) for each in mine
        )
        if shape in alike:
            alike[shape] = [
                replace(a, value=a.value + b.value) for a, b in zip(alike[shape], mine, strict=True)
            ]
        else:
            alike[shape] = list(mine)
    return list(alike.values()), "sum" if alike else "none"


def _inside(who: Who, teams: Sequence[Team], people: Sequence[Person]) -> list[int]:
    level, id_ = who
    if level == "company":
        return [person.id for person in people]
    if level == "team" and id_ is not None:
        below = subtree(teams, id_)
        return [person.id for person in people if person.team_id in below]
    return []


def _filters(who: Who, teams: Sequence[Team]) -> dict[str, Any]:
    level, id_ = who
    if level == "user":
        return {"user": id_}
    if level == "team" and id_ is not None:
        return {"team": sorted(subtree(teams, id_))}
    return {}
