"""How all stand in a contest: figures, one's own history, scores and places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from plugin_api import host
from plugin_api.context import SYSTEM, acting_as, current_company, gettext, today
from plugin_api.errors import NotFound, Rejected
from plugins.rewards.models import Contest
from plugins.rewards.rules import scoring
from plugins.rewards.rules.gaming import Fact
from plugins.rewards.services import eligible, people

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Line:
    """How one person or team stands; ``key`` is its number."""

    key: int
    figure: Decimal
    base: Decimal | None
    score: Decimal | None
    place: int | None


@dataclass(frozen=True, slots=True)
class Read:
    """What is known of a contest's figures, by person: days of the history, of the contest, and
    of as long a time afterwards, as far as it has passed."""

    is_money: bool
    teams: Mapping[int, int | None]
    """Who takes part, with their team."""
    days: Mapping[int, Mapping[date, Decimal]]


def line_of(contest: Contest, user_id: int, team_id: int | None) -> int | None:
    """The key of a person's own line."""
    return team_id if contest.of == "teams" else user_id


def length(contest: Contest) -> timedelta:
    """How long it goes."""
    return contest.ends_on - contest.starts_on + timedelta(days=1)


def first_day(contest: Contest) -> date:
    """The first day of its history."""
    return contest.starts_on - length(contest) * contest.history


def lines(contest: Contest, read: Read) -> list[Line]:
    """How all stand who brought something, best first."""
    heads, span = _heads(contest, read), length(contest)
    figures = spanned(contest, read, contest.starts_on, contest.ends_on)
    history = [
        spanned(contest, read, contest.starts_on - span * i, contest.ends_on - span * i)
        for i in range(1, contest.history + 1)
    ]
    bases = {key: scoring.base([each[key] for each in history]) for key in figures}
    scores: Mapping[int, Decimal | None] = dict(figures)
    if contest.score == "history":
        scores = scoring.handicapped(figures, bases)
    elif contest.score == "head":
        scores = {key: value / heads[key] for key, value in figures.items()}
    places = scoring.places(scores)
    found = [Line(key, figures[key], bases[key], scores[key], places[key]) for key in figures]
    return sorted(found, key=lambda line: (line.place or len(found) + 1, line.key))


def reading(contest: Contest) -> Read:
    """The figures by day and person, whatever the actor may see. Raises Rejected where the measure
    is not available. Two statements."""
    last = min(contest.ends_on + length(contest), max(today(), contest.ends_on))
    teams = people.fitting(contest.condition)
    with acting_as(current_company(), SYSTEM):
        try:
            unit = host().measures.get(contest.measure).unit
            table = host().measures.table(
                contest.measure, first_day(contest), last, ("day", "user")
            )
        except NotFound:
            raise Rejected("measure", gettext("This figure is not available.")) from None
    days: dict[int, dict[date, Decimal]] = defaultdict(dict)
    for point in table:
        day, user_id = point.keys
        if user_id in teams and point.value is not None:
            days[user_id][day] = eligible.scaled(point.value, unit)
    return Read(unit == "money", teams, days)


def spanned(contest: Contest, read: Read, start: date, end: date) -> dict[int, Decimal]:
    """What each brought between two days, by key."""
    found: dict[int, Decimal] = {}
    for user_id, days in read.days.items():
        key = line_of(contest, user_id, read.teams[user_id])
        inside = [value for day, value in days.items() if start <= day <= end]
        # Who brought nothing in a span but something in another had a span of nothing.
        if key is not None:
            found[key] = found.get(key, ZERO) + sum(inside, ZERO)
    return found


def _heads(contest: Contest, read: Read) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    for user_id, team_id in read.teams.items():
        key = line_of(contest, user_id, team_id)
        if key is not None:
            found[key] += 1
    return found


def facts(contest: Contest, read: Read) -> dict[int, list[Fact]]:
    """Records behind the figures of contest and history. One statement."""
    with acting_as(current_company(), SYSTEM):
        unit = "money" if read.is_money else ""
        found = host().measures.facts(contest.measure, first_day(contest), contest.ends_on)
    made: dict[int, list[Fact]] = defaultdict(list)
    for each in found:
        if each.user_id is not None and each.user_id in read.teams:
            key = line_of(contest, each.user_id, read.teams[each.user_id])
            if key is not None:
                made[key].append(Fact(each.on, eligible.scaled(each.value, unit)))
    return made


def names(contest: Contest, keys: Iterable[int]) -> dict[int, str]:
    """What those are called who stand, by their keys. One statement."""
    return people.names(keys, "core.Team" if contest.of == "teams" else "core.User")
