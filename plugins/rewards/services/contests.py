"""Contests: how all stand, what looks odd, and who gets the prizes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import SYSTEM, acting_as, current_company, gettext, pgettext, today
from plugin_api.errors import NotFound, Rejected
from plugin_api.models import model_of
from plugins.rewards.models import Contest, Prize, Standing
from plugins.rewards.rules import gaming, scoring
from plugins.rewards.rules.gaming import Fact
from plugins.rewards.services import eligible, giving, people

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


def lines(contest: Contest, read: Read | None = None) -> list[Line]:
    """How all stand now who brought something, best first. Three statements."""
    read = read or reading(contest)
    heads = _heads(contest, read)
    figures = _spanned(contest, read, contest.starts_on, contest.ends_on)
    history = [
        _spanned(contest, read, start, start + length(contest) - timedelta(days=1))
        for start in _spans(contest)
    ]
    bases = {
        key: scoring.base([span[key] for span in history if key in span]) if history else None
        for key in figures
    }
    scores: Mapping[int, Decimal | None] = dict(figures)
    if contest.score == "history":
        scores = scoring.handicapped(figures, bases)
    elif contest.score == "head":
        scores = {key: value / heads[key] for key, value in figures.items()}
    places = scoring.places(scores)
    found = [Line(key, figures[key], bases[key], scores[key], places[key]) for key in figures]
    return sorted(found, key=lambda line: (line.place or len(found) + 1, line.key))


def finish(contest: Contest, values: dict[str, Any]) -> None:
    """Keep how all stand on the last day."""
    read = reading(contest)
    names = _names(contest)
    side = "team_id" if contest.of == "teams" else "user_id"
    for line in lines(contest, read):
        host().session.add(
            Standing(
                contest_id=contest.id, name=people.titled(contest.name, names.get(line.key, "–")),
                figure=line.figure, base=line.base, score=line.score, place=line.place, flags=[],
                **{side: line.key},
            )
        )  # fmt: skip
    host().session.flush()
    look(contest, {}, read)


def look(contest: Contest, values: dict[str, Any], read: Read | None = None) -> None:
    """See what has become of the figures since, and what looks odd; places follow."""
    read = read or reading(contest)
    now_ = {line.key: line for line in lines(contest, read)}
    facts = _facts(contest, read)
    after_end = min(today() - timedelta(days=1), contest.ends_on + length(contest))
    after = _spanned(contest, read, contest.ends_on + timedelta(days=1), after_end)
    passed = max((after_end - contest.ends_on).days, 0)
    standings = _standings(contest.id)
    for each in standings:
        key = each.team_id or each.user_id or 0
        line = now_.get(key)
        each.later = line.figure if line else ZERO
        each.score = line.score if line else None
        own = facts.get(key, [])
        each.flags = gaming.flags(
            gaming.Course(
                during=each.figure, later=each.later, base=each.base, after=after.get(key, ZERO),
                after_share=Decimal(passed) / length(contest).days, after_days=passed,
                is_money=read.is_money,
                facts=[fact for fact in own if fact.on >= contest.starts_on],
                before=[fact for fact in own if fact.on < contest.starts_on],
                spans=contest.history,
            )
        )  # fmt: skip
    _rank(standings)


def rank_again(standing: Standing, state: str) -> None:
    """Places without who is excluded, when one of them changes."""
    standings = _standings(standing.contest_id)
    for each in standings:
        if each.id == standing.id:
            each.state = state
    _rank(standings)


def award(contest: Contest, values: dict[str, Any]) -> None:
    """Give the prizes by what still stands. Raises Rejected where one cannot be given."""
    look(contest, values)
    prizes: dict[int, list[int]] = defaultdict(list)
    for prize in host().session.scalars(sa.select(Prize).where(Prize.contest_id == contest.id)):
        prizes[prize.place].append(prize.reward_id)
    members = people.fitting(contest.condition)
    for each in sorted(_standings(contest.id), key=lambda one: (one.place or 0, one.id)):
        for reward_id in prizes.get(each.place or 0, ()):
            for user_id in _people_of(each, members):
                citation = gettext("%(contest)s: place %(place)d", contest=contest.name,
                                   place=each.place)  # fmt: skip
                giving.give(reward_id, user_id, "won", str(citation), contest_id=contest.id)


def check_begin(contest: Contest, values: Mapping[str, Any]) -> None:
    """Its first day has come. Raises Rejected."""
    if contest.starts_on > today():
        raise Rejected(
            "", pgettext("contest", "It begins on %(day)s.", day=contest.starts_on.isoformat())
        )


def check_finish(contest: Contest, values: Mapping[str, Any]) -> None:
    """Its last day is over. Raises Rejected."""
    if contest.ends_on >= today():
        raise Rejected("", gettext("It goes until %(day)s.", day=contest.ends_on.isoformat()))


def check_award(contest: Contest, values: Mapping[str, Any]) -> None:
    """The days are over in which something may be cancelled. Raises Rejected."""
    day = contest.ends_on + timedelta(days=contest.hold_days)
    if day >= today():
        raise Rejected("", gettext("Prizes are given after %(day)s.", day=day.isoformat()))


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


def _spans(contest: Contest) -> list[date]:
    return [contest.starts_on - length(contest) * i for i in range(1, contest.history + 1)]


def _spanned(contest: Contest, read: Read, start: date, end: date) -> dict[int, Decimal]:
    """What each brought between two days."""
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


def _facts(contest: Contest, read: Read) -> dict[int, list[Fact]]:
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


def _standings(contest_id: int) -> list[Standing]:
    asked = sa.select(Standing).where(Standing.contest_id == contest_id).order_by(Standing.id)
    return list(host().session.scalars(asked))


def _rank(standings: Sequence[Standing]) -> None:
    scores = {each.id: each.score if each.state == "counts" else None for each in standings}
    places = scoring.places(scores)
    for each in standings:
        each.place = places[each.id]


def _people_of(standing: Standing, teams: Mapping[int, int | None]) -> list[int]:
    """Who gets what a standing brings: each of a team."""
    if standing.user_id is not None:
        return [standing.user_id]
    return [user_id for user_id, team in teams.items() if team == standing.team_id]


def _names(contest: Contest) -> dict[int, str]:
    model: Any = model_of("core.Team" if contest.of == "teams" else "core.User")
    rows = host().session.execute(sa.select(model.id, model.name))
    return {row[0]: row[1] for row in rows}
