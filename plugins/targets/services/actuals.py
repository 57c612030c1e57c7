"""What many targets came to, in few statements: one for each measure, dimension and period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from plugin_api import host
from plugin_api.context import current_company
from plugin_api.money import from_minor
from plugins.targets.models import Target
from plugins.targets.services import dimensions, reading, stays
from plugins.targets.services.attainment import Clock, Figure, Goal, Team, due, subtree
from plugins.targets.services.periods import Period
from plugins.targets.services.reading import Yardstick

By = Mapping[tuple[int | None, str | None], Figure]
"""Figures by person and, of a dimension, by member."""
NOBODY: By = {}


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What a target came to, in units that people read; None where the measure is not available
    or has nothing to divide by. ``quota`` is what was due of ``value``."""

    value: Decimal
    quota: Decimal
    actual: Decimal | None
    attainment: Decimal | None
    """In percent."""


def outcomes(
    rows: Sequence[Any], teams: Sequence[Team], told: Callable[[int, int], None] | None = None
) -> dict[int, Outcome]:
    """What each of some targets (rows of :func:`reading.targets_inside`) came to, by its id.

    Figures as they are, whoever may see them: for a closing, which runs as the system.
    ``told(done, total)`` hears of the progress.
    """
    now = reading.clock()
    groups: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for row in rows:
        groups[row.measure, row.dimension, row.start, row.end].append(row)
    inside = {team.id: subtree(teams, team.id) for team in teams}
    homes = {person.id: person.team_id for person in reading.all_people()}
    sticks = {key: reading.yardstick(key) for key in {row.measure for row in rows}}
    done = 0
    found: dict[int, Outcome] = {}
    for (key, dimension, start, end), same in groups.items():
        stick = sticks[key]
        figures = _figures(stick, dimension, start, end)
        sums = None if figures is None or stick is None else _sums(figures, stick, homes, inside)
        if sums is not None and stick is not None and stick.additive:
            moved = stays.stays(Period("custom", start, end))
            days = _by_day(stick, dimension, Period("custom", start, end), moved)
            _to_former_teams(sums, stick.nothing, days, moved, (homes, inside))
        for row in same:
            goal = reading.goal_of(row, "number" if stick is None else stick.unit)
            actual = None
            if sums is not None and stick is not None:
                who = ("company", None) if row.level == "company" else goal.who
                actual = sums.get((*who, row.member_key), stick.nothing).value
            found[row.id] = _outcome(goal, row, actual, stick, now=now)
        done += len(same)
        if told is not None:
            told(done, len(rows))
    return found


def _figures(stick: Yardstick | None, dimension: str | None, start: date, end: date) -> By | None:
    """Figures of a period by person and member; None where there are none to be had."""
    if stick is None:
        return None
    if dimension is not None and dimension not in dimensions.of_measure(stick.measure):
        return None
    period = Period("custom", start, end)
    by = ("user",) if dimension is None else ("user", dimension)
    found = reading.figures_by(stick.measure, period, by)
    return {
        (keys[0], None if dimension is None else _key(keys[1])): figure
        for keys, figure in found.items()
    }


def _key(value: Any) -> str | None:
    return None if value is None else str(value)


def _sums(
    figures: By, stick: Yardstick, homes: Mapping[int, int | None], inside: Mapping[int, set[int]]
) -> dict[tuple[Any, ...], Figure]:
    """Figures of people, of teams with all below, and of the company, by member."""
    above: dict[int, list[int]] = defaultdict(list)
    for team, below in inside.items():
        for each in below:
            above[each].append(team)
    made: dict[tuple[Any, ...], Figure] = {}

    def add(key: tuple[Any, ...], figure: Figure) -> None:
        made[key] = made.get(key, stick.nothing) + figure

    for (user, member), figure in figures.items():
        add(("company", None, member), figure)
        if user is None:
            continue
        add(("user", user, member), figure)
        for team in above.get(homes.get(user) or 0, ()):
            add(("team", team, member), figure)
    return made


def _by_day(
    stick: Yardstick, dimension: str | None, period: Period, moved: Sequence[stays.Stay]
) -> Mapping[tuple[Any, ...], Figure]:
    """Figures of people who changed teams by person, day and member; nothing without any."""
    if not moved:
        return {}
    by = ("user", "day") if dimension is None else ("user", "day", dimension)
    return reading.figures_by(stick.measure, period, by, {"user": stays.moved_in(moved)})


def _to_former_teams(
    sums: dict[tuple[Any, ...], Figure],
    nothing: Figure,
    days: Mapping[tuple[Any, ...], Figure],
    moved: Sequence[stays.Stay],
    where: tuple[Mapping[int, int | None], Mapping[int, set[int]]],
) -> None:
    """What people came to in teams that they have left counts for those, not for theirs of now."""
    homes, inside = where
    for keys, figure in days.items():
        member = _key(keys[2]) if len(keys) > 2 else None
        for each in moved:
            if each.user_id != keys[0] or not each.covers(keys[1]):
                continue
            for team, below in inside.items():
                key = ("team", team, member)
                if homes.get(each.user_id) in below:
                    sums[key] = sums.get(key, nothing) - figure
                if each.team_id in below:
                    sums[key] = sums.get(key, nothing) + figure


def _outcome(
    goal: Goal, row: Any, actual: Decimal | None, stick: Yardstick | None, *, now: Clock
) -> Outcome:
    additive = stick is None or stick.additive
    whole = not (row.active_from or row.active_to or row.part_time != 100)
    quota = goal.value
    if not whole and additive:
        found = due([goal], goal.period, now, additive=additive)
        quota = goal.value if found is None else found.quota
    share = None if actual is None or not quota else actual / quota * 100
    scale = Decimal(100) if stick is not None and stick.unit == "ratio" else Decimal(1)
    if row.amount is not None:
        scale = from_minor(1, current_company().currency)
    return Outcome(
        value=goal.value * scale,
        quota=quota * scale,
        actual=None if actual is None else actual * scale,
        attainment=share,
    )


def rows_of(ids: Iterable[int]) -> Sequence[Any]:
    """Rows of targets by their ids, however many."""
    wanted = list(ids)
    found: list[Any] = []
    for first in range(0, len(wanted), 500):
        part = wanted[first : first + 500]
        found += list(host().session.execute(reading.target_columns(Target.id.in_(part))))
    return found
