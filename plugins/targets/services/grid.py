"""People by periods of a year, for one measure, as a sheet: what stands in its cells, and sums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import Scope, Text, current_actor, current_company, gettext
from plugins.targets.models import Target
from plugins.targets.models.targets import AGREED
from plugins.targets.services import cycles, reading
from plugins.targets.services.agreeing import LABELS
from plugins.targets.services.attainment import Person, Team, Who, subtree
from plugins.targets.services.frames import Frame, steps_of
from plugins.targets.services.periods import Period
from plugins.targets.services.reading import Yardstick
from plugins.targets.services.visibility import visible_people, visible_teams

CREATE, UPDATE = "targets.Target.create", "targets.Target.update"
PER_PAGE = 40
"""People on a page: twelve months of them make a page of about 100 kB."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """A target in smallest steps; ``id`` and ``version`` are 0 where there is none. ``locked``
    says why it cannot be changed."""

    steps: int | None = None
    version: int = 0
    locked: Text = ""
    id: int = 0


EMPTY = Cell()


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A person with cells, or a team with the sums of everybody below it.

    ``own`` are a team's own targets, beside which the sums of its people stand.
    """

    level: Literal["team", "user", "company"]
    id: int | None
    name: str
    depth: int
    cells: tuple[Cell, ...] = ()
    sums: tuple[int, ...] = ()
    own: tuple[int | None, ...] = ()
    editable: bool = False

    @property
    def total(self) -> int:
        """The sum of all periods."""
        return sum(self.sums)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """A page of a sheet. ``whole`` sums everybody, on whichever page."""

    lines: Sequence[Line] = ()
    whole: Line | None = None
    people: int = 0
    page: int = 1
    pages: int = 1


@dataclass(slots=True)
class _Held:
    """What is stored: (whom, column) → cell."""

    empty: Sequence[Cell]
    """What stands in a column where there is no target."""
    cells: dict[tuple[Who, int], Cell] = field(default_factory=dict)

    def row(self, who: Who) -> tuple[Cell, ...]:
        return tuple(self.cells.get((who, i), empty) for i, empty in enumerate(self.empty))


def editable_people(stick: Yardstick, people: Sequence[Person]) -> set[int]:
    """Ids of those whose targets the actor may both make and change."""
    scopes = [stick.scope(permission) for permission in (CREATE, UPDATE)]
    found = {person.id for person in people}
    for scope in scopes:
        found &= {each.id for each in _of(scope, people)}
    return found


def _of(scope: Scope | None, people: Sequence[Person]) -> list[Person]:
    return [] if scope is None else visible_people(scope, current_actor(), people)


def readable() -> bool:
    """Whether the actor may read what a target asks for."""
    records = host().records
    return records.may_read(Target, "amount") and records.may_read(Target, "quantity")


def sheet(frame: Frame, *, team: int | None = None, named: str = "", page: int = 1) -> Sheet:
    """A page of people, by team, with the sums of their teams and of all.

    ``team`` shows one and those below it; ``named`` only people whose name holds it, of whom
    then the sums are. Four statements, however many people.
    """
    scope = frame.stick.scope()
    if scope is None or not readable():
        return Sheet()
    teams = visible_teams(scope, current_actor(), reading.all_teams())
    people = visible_people(scope, current_actor(), reading.all_people())
    held = _held(frame)
    if team is not None:
        inside = subtree(teams, team)
        teams = [each for each in teams if each.id in inside]
        people = [each for each in people if each.team_id in inside]
    if named:
        people = [each for each in people if named.casefold() in each.name.casefold()]
    with_targets = {who[1] for who, _column in held.cells if who[0] == "user"}
    shown = [
        each
        for each in people
        if each.id in with_targets or (each.active and each.team_id is not None)
    ]
    tree = _Tree(frame, teams, shown, held, editable_people(frame.stick, shown))
    pages = max(-(-len(shown) // PER_PAGE), 1)
    page = min(max(page, 1), pages)
    return Sheet(
        lines=list(tree.page((page - 1) * PER_PAGE, page * PER_PAGE)),
        whole=tree.whole(with_own=scope == "company" and team is None and not named),
        people=len(shown),
        page=page,
        pages=pages,
    )


def _held(frame: Frame) -> _Held:
    found = _Held(empty=[_empty(each) for each in frame.columns])
    if not frame.columns:
        return found
    places = {(each.start, each.end): i for i, each in enumerate(frame.columns)}
    reasons = {state: locked(state) for state in (*AGREED, "closed")}
    for row in host().session.execute(_asked(frame)):
        place = places.get((row.start, row.end))
        if place is None:
            continue
        who: Who = (row.level, row.user_id if row.level == "user" else row.team_id)
        found.cells[who, place] = Cell(
            steps=steps_of(row, frame), version=row.version, locked=reasons.get(row.state, ""),
            id=row.id,
        )  # fmt: skip
    return found


def locked(state: str) -> Text:
    """Why a target in a state cannot be changed in a sheet; empty where it can."""
    if state == "closed":
        return gettext("This target is closed: reopen its period first.")
    if state in AGREED:
        label = str(LABELS[state]).lower()
        return gettext(
            "This target is %(state)s and is not overwritten: use “Revise”.", state=label
        )
    return ""


def _empty(period: Period) -> Cell:
    """A cell without a target: none can be set in what is closed."""
    covering = [each for each in cycles.all_cycles() if each.covers(period.start, period.end)]
    if covering and all(each.is_closed(period.end) for each in covering):
        name = covering[0].name
        return Cell(locked=gettext("These days of the cycle “%(name)s” are closed.", name=name))
    return EMPTY


def _asked(frame: Frame) -> sa.Select[Any]:
    columns: tuple[Any, ...] = (
        Target.id, Target.level, Target.user_id, Target.team_id, Target.start, Target.end,
        Target.amount, Target.quantity, Target.version, Target.state,
    )  # fmt: skip
    return sa.select(*columns).where(
        Target.measure == frame.stick.measure.key,
        Target.dimension.is_(None),
        Target.start >= min(each.start for each in frame.columns),
        Target.end <= max(each.end for each in frame.columns),
        host().records.visible(Target),
    )


class _Tree:
    """People in the order of their teams, and the sums of these."""

    def __init__(
        self,
        frame: Frame,
        teams: Sequence[Team],
        people: Sequence[Person],
        held: _Held,
        editable: set[int],
    ) -> None:
        self._frame, self._held, self._editable = frame, held, editable
        self._teams = {team.id: team for team in teams}
        self._below: dict[int | None, list[Team]] = {}
        for team in teams:
            above = team.parent_id if team.parent_id in self._teams else None
            self._below.setdefault(above, []).append(team)
        self._people: dict[int | None, list[Person]] = {}
        for person in people:
            at = person.team_id if person.team_id in self._teams else None
            self._people.setdefault(at, []).append(person)
        self._rows = {each.id: held.row(("user", each.id)) for each in people}
        self._sums: dict[int | None, tuple[int, ...]] = {}

    def sums(self, team: int | None) -> tuple[int, ...]:
        """What everybody in a team and below it is to reach, by column; of all for None."""
        if not self._frame.stick.additive:
            return ()
        if team not in self._sums:
            made = [0] * len(self._frame.columns)
            for person in self._people.get(team, []):
                for i, cell in enumerate(self._rows[person.id]):
                    made[i] += cell.steps or 0
            for below in self._below.get(team, []):
                made = [a + b for a, b in zip(made, self.sums(below.id), strict=True)]
            self._sums[team] = tuple(made)
        return self._sums[team]

    def page(self, first: int, after: int) -> Iterator[Line]:
        """The people from one place to another, each under the teams that they are in."""
        said: set[int] = set()
        ordered = self._ordered(None, [])
        for place, (person, path) in enumerate(ordered):
            if place >= after:
                return
            if place < first:
                continue
            for depth, team in enumerate(path):
                if team.id not in said:
                    said.add(team.id)
                    yield self._team(team, depth)
            row = self._rows[person.id]
            yield Line(
                level="user", id=person.id, name=person.name, depth=len(path), cells=row,
                sums=tuple(cell.steps or 0 for cell in row) if self._frame.stick.additive else (),
                editable=person.id in self._editable,
            )  # fmt: skip

    def whole(self, *, with_own: bool) -> Line:
        """Everybody; ``with_own`` beside the company's own targets."""
        own = self._own(("company", None)) if with_own else ()
        return Line(
            level="company", id=None, name=current_company().name, depth=0, sums=self.sums(None),
            own=own,
        )  # fmt: skip

    def _team(self, team: Team, depth: int) -> Line:
        return Line(
            level="team", id=team.id, name=team.name, depth=depth, sums=self.sums(team.id),
            own=self._own(("team", team.id)),
        )  # fmt: skip

    def _own(self, who: Who) -> tuple[int | None, ...]:
        return tuple(cell.steps for cell in self._held.row(who))

    def _ordered(self, team: int | None, path: list[Team]) -> Iterator[tuple[Person, list[Team]]]:
        people: Mapping[int | None, list[Person]] = self._people
        if team is not None:
            yield from ((person, path) for person in people.get(team, []))
        for below in self._below.get(team, []):
            yield from self._ordered(below.id, [*path, below])
        if team is None:
            yield from ((person, path) for person in people.get(None, []))
