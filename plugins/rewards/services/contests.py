"""Contests from their first day to the prizes, and what looks odd about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext, pgettext, today
from plugin_api.errors import Rejected
from plugins.rewards.models import Contest, Prize, Standing
from plugins.rewards.rules import gaming, scoring
from plugins.rewards.services import giving, people, ranking

ZERO = Decimal(0)


def finish(contest: Contest, values: dict[str, Any]) -> None:
    """Keep how all stand on the last day."""
    read = ranking.reading(contest)
    found = ranking.lines(contest, read)
    names = ranking.names(contest, [line.key for line in found])
    side = "team_id" if contest.of == "teams" else "user_id"
    for line in found:
        host().session.add(
            Standing(
                contest_id=contest.id, name=people.titled(contest.name, names.get(line.key, "–")),
                figure=line.figure, base=line.base, score=line.score, place=line.place, flags=[],
                **{side: line.key},
            )
        )  # fmt: skip
    host().session.flush()
    look(contest, {}, read)


def look(contest: Contest, values: dict[str, Any], read: ranking.Read | None = None) -> None:
    """See what has become of the figures since, and what looks odd; places follow."""
    read = read or ranking.reading(contest)
    now_ = {line.key: line for line in ranking.lines(contest, read)}
    facts = ranking.facts(contest, read)
    after_end = min(today() - timedelta(days=1), contest.ends_on + ranking.length(contest))
    after = ranking.spanned(contest, read, contest.ends_on + timedelta(days=1), after_end)
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
                after_share=Decimal(passed) / ranking.length(contest).days, after_days=passed,
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
