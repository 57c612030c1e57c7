"""From people, teams, targets and figures to the rows of the attainment page; reads nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from plugins.targets.services.pacing import Pacing
from plugins.targets.services.periods import Period
from plugins.targets.services.proration import CountDays, active_window, prorate

Level = Literal["company", "team", "user"]
Source = Literal["own", "sum", "none"]
Who = tuple[Level, int | None]
"""Whom a target is for; the company has no id, and neither has what nobody is credited with."""


@dataclass(frozen=True, slots=True)
class Figure:
    """An actual that can be added up: a sum, or a ratio kept as its two sums."""

    numerator: Decimal
    denominator: Decimal | None = None

    @property
    def value(self) -> Decimal | None:
        """The figure; None when a ratio has nothing to divide by."""
        if self.denominator is None:
            return self.numerator
        return self.numerator / self.denominator if self.denominator else None

    def __sub__(self, other: Figure) -> Figure:
        below = None if other.denominator is None else -other.denominator
        return self + Figure(-other.numerator, below)

    def __add__(self, other: Figure) -> Figure:
        if self.denominator is None:
            return Figure(self.numerator + other.numerator)
        return Figure(
            self.numerator + other.numerator, self.denominator + (other.denominator or Decimal(0))
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Goal:
    """A target as a number in the measure's own unit (minor units for money)."""

    id: int
    who: Who
    period: Period
    value: Decimal
    active_from: date | None = None
    active_to: date | None = None
    part_time: Decimal = Decimal(1)
    """Share of full time."""


@dataclass(frozen=True, slots=True)
class Team:
    """A team, along which figures are added up."""

    id: int
    name: str
    parent_id: int | None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with targets, in the team that they are counted in."""

    id: int
    name: str
    team_id: int | None
    active: bool
    stays_for: int | None = None
    """Whose line in a former team it is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Clock:
    """What counts as a day, and up to which day the period has passed."""

    days: CountDays
    as_of: date
    proration_days: CountDays

    def elapsed(self, start: date, end: date) -> int:
        return self.days(start, min(end, self.as_of))


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """What somebody's goals ask for in a period, and how much of it by now."""

    quota: Decimal
    expected: Decimal
    elapsed: int
    total: int
    goal_ids: tuple[int, ...] = ()


@dataclass(kw_only=True, slots=True)
class Row:
    """One line: a company, team or person. ``source`` says where its quota comes from:
    its own target, the ``sum`` of those below, or nowhere."""

    level: Level
    id: int | None
    name: str
    depth: int
    pacing: Pacing
    source: Source
    goal_ids: tuple[int, ...] = ()
    below: Decimal | None = None
    """Sum of the quotas below, where there are any."""
    figure: Figure = field(default_factory=lambda: Figure(Decimal(0)))

    @property
    def unallocated(self) -> Decimal | None:
        """How much of its own target nobody below has; negative when they have more."""
        if self.source != "own" or self.below is None or self.pacing.quota is None:
            return None
        return self.pacing.quota - self.below


def chain(goals: Iterable[Goal], period: Period) -> list[Goal]:
    """The goals that together make up a period exactly; none when they leave a gap.

    A goal of the period itself wins; else a year is made of its quarters, a quarter of its
    months, and custom periods stand in where there is no other.
    """
    by_start: dict[date, Goal] = {}
    for goal in sorted(goals, key=lambda goal: (goal.period.kind != "custom", goal.period.end)):
        if (goal.period.start, goal.period.end) == (period.start, period.end):
            return [goal]
        if period.covers(goal.period):
            by_start[goal.period.start] = goal
    found = []
    day = period.start
    while day <= period.end:
        if day not in by_start:
            return []
        found.append(by_start[day])
        day = by_start[day].period.end + timedelta(days=1)
    return found


def due(goals: Sequence[Goal], period: Period, clock: Clock, *, additive: bool) -> Due | None:
    """What goals that make up a period ask for; None without any."""
    if not goals or (len(goals) > 1 and not additive):
        return None
    if len(goals) == 1:
        return _due_of(goals[0], clock, additive=additive)
    parts = [_due_of(goal, clock, additive=True) for goal in goals]
    return Due(
        quota=sum((part.quota for part in parts), Decimal(0)),
        expected=sum((part.expected for part in parts), Decimal(0)),
        elapsed=clock.elapsed(period.start, period.end),
        total=clock.days(period.start, period.end),
        goal_ids=tuple(goal.id for goal in goals),
    )


def _due_of(goal: Goal, clock: Clock, *, additive: bool) -> Due:
    start, end = goal.period.start, goal.period.end
    first, last = active_window(start, end, goal.active_from, goal.active_to)
    quota = goal.value
    if additive:
        quota = prorate(
            quota * goal.part_time, start, end, joined=goal.active_from, left=goal.active_to,
            days=clock.proration_days,
        )  # fmt: skip
    elapsed, total = clock.elapsed(first, last), clock.days(first, last)
    expected = quota * elapsed / total if total else quota
    return Due(quota=quota, expected=expected, elapsed=elapsed, total=total, goal_ids=(goal.id,))


@dataclass(frozen=True, kw_only=True, slots=True)
class Board:
    """All that the rows are made of. ``figures`` maps a person, or None, to what is credited."""

    company: str
    teams: Sequence[Team]
    people: Sequence[Person]
    goals: Mapping[Who, Sequence[Goal]]
    figures: Mapping[int | None, Figure]
    nothing: Figure
    """The figure of somebody without any fact."""
    period: Period
    clock: Clock
    additive: bool
    unassigned: str
    """Name of the line for what nobody is credited with."""


def rows(board: Board, *, with_company: bool) -> list[Row]:
    """Company, then teams with their people, depth first. Parents sum what is below them."""
    made = _Rows(board)
    top = 1 if with_company else 0
    ids = {team.id for team in board.teams}
    roots = [team for team in board.teams if team.parent_id not in ids]
    parts = [made.team(team, top) for team in roots]
    parts += [made.person(p, top) for p in board.people if p.team_id not in ids and made.shown(p)]
    nobody = board.figures.get(None)
    if with_company and nobody is not None and nobody.value:
        parts.append([made.line(("user", None), board.unassigned, top, nobody)])
    if with_company:
        return made.parent(("company", None), board.company, 0, parts)
    return [row for part in parts for row in part]


class _Rows:
    def __init__(self, board: Board) -> None:
        self._board = board
        self._people: dict[int | None, list[Person]] = {}
        self._teams: dict[int | None, list[Team]] = {}
        for person in board.people:
            self._people.setdefault(person.team_id, []).append(person)
        for team in board.teams:
            self._teams.setdefault(team.parent_id, []).append(team)

    def shown(self, person: Person) -> bool:
        """Whoever has a target or a figure; of the others those who work in a team."""
        has_any = person.id in self._board.figures or ("user", person.id) in self._board.goals
        works = person.active and person.team_id is not None and person.stays_for is None
        return has_any or works

    def person(self, person: Person, depth: int) -> list[Row]:
        figure = self._board.figures.get(person.id, self._board.nothing)
        line = self.line(("user", person.id), person.name, depth, figure)
        line.id = person.stays_for or person.id
        return [line]

    def team(self, team: Team, depth: int) -> list[Row]:
        people = [p for p in self._people.get(team.id, []) if self.shown(p)]
        parts = [self.person(person, depth + 1) for person in people]
        parts += [self.team(child, depth + 1) for child in self._teams.get(team.id, [])]
        return self.parent(("team", team.id), team.name, depth, parts)

    def parent(self, who: Who, name: str, depth: int, parts: Sequence[list[Row]]) -> list[Row]:
        heads = [part[0] for part in parts]
        figure = sum((head.figure for head in heads), self._board.nothing)
        line = self.line(who, name, depth, figure, heads)
        return [line, *(row for part in parts for row in part)]

    def line(
        self, who: Who, name: str, depth: int, figure: Figure, heads: Sequence[Row] = ()
    ) -> Row:
        board = self._board
        start, end = board.period.start, board.period.end
        goals = chain(board.goals.get(who, ()), board.period)
        mine = due(goals, board.period, board.clock, additive=board.additive)
        below = [head for head in heads if head.pacing.quota is not None] if board.additive else []
        summed = sum((_or_zero(head.pacing.quota) for head in below), Decimal(0))
        if mine is None and below:
            mine = Due(
                quota=summed,
                expected=sum((_or_zero(head.pacing.expected) for head in below), Decimal(0)),
                elapsed=board.clock.elapsed(start, end),
                total=board.clock.days(start, end),
            )
            source: Source = "sum"
        else:
            source = "none" if mine is None else "own"
        return Row(
            level=who[0],
            id=who[1],
            name=name,
            depth=depth,
            figure=figure,
            pacing=Pacing(
                actual=figure.value,
                quota=mine.quota if mine else None,
                elapsed=mine.elapsed if mine else board.clock.elapsed(start, end),
                total=mine.total if mine else board.clock.days(start, end),
                expected_to_date=mine.expected if mine else None,
                additive=board.additive,
            ),
            source=source,
            goal_ids=mine.goal_ids if mine else (),
            below=summed if below else None,
        )


def _or_zero(value: Decimal | None) -> Decimal:
    return Decimal(0) if value is None else value


def subtree(teams: Sequence[Team], root: int) -> set[int]:
    """A team and all below it."""
    found = {root}
    for _round in teams:
        more = {team.id for team in teams if team.parent_id in found} - found
        if not more:
            break
        found |= more
    return found
