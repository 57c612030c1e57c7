"""Who changed teams: the part of a target and of figures that counts for the team before.

A stay is shown as a line of its own under its team; the person's own line has the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext, today
from plugin_api.errors import Rejected
from plugin_api.models import CompanyModel
from plugins.targets.models import TeamStay
from plugins.targets.services.attainment import Figure, Goal, Person
from plugins.targets.services.kept import forget, kept
from plugins.targets.services.periods import Period


@dataclass(frozen=True, kw_only=True, slots=True)
class Stay:
    """Days of a person in a former team, both included; ``start`` None: from the beginning."""

    id: int
    user_id: int
    team_id: int
    start: date | None
    until: date

    @property
    def key(self) -> int:
        """Stands for the person's line in that team, where people are told apart by numbers."""
        return -self.id

    def inside(self, period: Period) -> Period | None:
        """Its part of a period; None without any."""
        first, last = max(self.start or period.start, period.start), min(self.until, period.end)
        return Period("custom", first, last) if first <= last else None

    def covers(self, day: Any) -> bool:
        """Whether a day, or the key of one, is among them."""
        on = day if isinstance(day, date) else date.fromisoformat(str(day)[:10])
        return (self.start is None or self.start <= on) and on <= self.until


def stays(period: Period) -> list[Stay]:
    """Stays that touch a period, read once a transaction; each begins where the one before ends."""
    return [each for each in kept("stays", _read) if each.inside(period) is not None]


def _read() -> tuple[Stay, ...]:
    columns = (TeamStay.id, TeamStay.user_id, TeamStay.team_id, TeamStay.start, TeamStay.until)
    rows = host().session.execute(
        sa.select(*columns).order_by(TeamStay.user_id, TeamStay.until, TeamStay.id)
    )
    made: list[Stay] = []
    for id_, user_id, team_id, start, until in rows:
        before = made[-1] if made and made[-1].user_id == user_id else None
        first = start or (before.until + timedelta(days=1) if before else None)
        made.append(Stay(id=id_, user_id=user_id, team_id=team_id, start=first, until=until))
    return tuple(made)


def note(record: CompanyModel, changes: Mapping[str, tuple[Any, Any]]) -> None:
    """Keep the team that a person leaves, up to yesterday."""
    old, new = changes["team_id"]
    yesterday = today() - timedelta(days=1)
    if old is None or old == new:
        return
    before = [each for each in kept("stays", _read) if each.user_id == record.id]
    if before and before[-1].until >= yesterday:
        # Corrected on the same day: they never worked there.
        return
    host().session.add(TeamStay(user_id=record.id, team_id=old, until=yesterday))
    forget()


def check(stay: TeamStay) -> None:
    """Refuse days that make no sense. Raises Rejected."""
    forget()
    if stay.start is not None and stay.until < stay.start:
        raise Rejected("until", gettext("The end is before the start."))


def people_with(people: Sequence[Person], found: Iterable[Stay]) -> list[Person]:
    """People, and a line in the former team for each stay of one of them."""
    by_id = {person.id: person for person in people}
    more = [
        Person(
            each.key,
            gettext("%(name)s, until %(day)s", name=by_id[each.user_id].name, day=each.until),
            each.team_id,
            True,
            each.user_id,
        )
        for each in found
        if each.user_id in by_id
    ]
    return [*people, *more]


def goals_with(
    goals: Mapping[Any, Sequence[Goal]], found: Sequence[Stay]
) -> dict[Any, Sequence[Goal]]:
    """Goals of people who changed teams cut into the part of each stay and the rest. Parts of
    which nothing is left are none."""
    made = dict(goals)
    for user_id in {each.user_id for each in found}:
        mine = made.pop(("user", user_id), None)
        if mine is None:
            continue
        theirs = [each for each in found if each.user_id == user_id]
        since = max(each.until for each in theirs) + timedelta(days=1)
        rest = [cut for goal in mine if (cut := _cut(goal, since, None)) is not None]
        if rest:
            made["user", user_id] = rest
        for each in theirs:
            part = [cut for goal in mine if (cut := _cut(goal, each.start, each.until)) is not None]
            if part:
                made["user", each.key] = part
    return made


def _cut(goal: Goal, start: date | None, end: date | None) -> Goal | None:
    first = max(filter(None, (start, goal.active_from, goal.period.start)))
    last = min(filter(None, (end, goal.active_to, goal.period.end)))
    if first > goal.period.end or last < goal.period.start or first > last:
        return None
    return replace(goal, active_from=first, active_to=last)


def figures_with(
    figures: Mapping[int | None, Figure],
    by_day: Mapping[tuple[Any, ...], Figure],
    found: Sequence[Stay],
) -> dict[int | None, Figure]:
    """Figures of a period with those of the days of each stay taken off the person and given to
    the stay. ``by_day`` holds what the people came to by person and day."""
    made = dict(figures)
    for each in found:
        for (user_id, day), figure in by_day.items():
            if user_id == each.user_id and each.covers(day):
                made[user_id] = made[user_id] - figure
                made[each.key] = made[each.key] + figure if each.key in made else figure
    return made


def moved_in(found: Iterable[Stay]) -> list[int]:
    """The people of stays."""
    return sorted({each.user_id for each in found})
