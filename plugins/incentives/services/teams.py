"""Whose figures count for whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.models import model_of


@dataclass(frozen=True, slots=True)
class Team:
    """Who belongs to a team, and who leads it."""

    parent_id: int | None
    manager_id: int | None
    members: frozenset[int]


def known() -> Mapping[int, Team]:
    """Every team of the company by its number, in two statements."""
    team: Any = model_of("core.Team")
    user: Any = model_of("core.User")
    session = host().session
    members: dict[int, set[int]] = defaultdict(set)
    asked = sa.select(user.id, user.team_id).where(user.team_id.is_not(None))
    for id_, team_id in session.execute(asked):
        members[team_id].add(id_)
    found = session.execute(sa.select(team.id, team.parent_id, team.manager_id))
    return {row[0]: Team(row[1], row[2], frozenset(members[row[0]])) for row in found}


def counted(credit: str, user_id: int, teams: Mapping[int, Team]) -> frozenset[int]:
    """Whose figures a component counts: one's own, the team's, or those below without one's own."""
    if credit == "own":
        return frozenset((user_id,))
    if credit == "team":
        team = next((each for each in teams.values() if user_id in each.members), None)
        return team.members if team else frozenset((user_id,))
    led = [id_ for id_, team in teams.items() if team.manager_id == user_id]
    below = set[int]()
    while led:
        id_ = led.pop()
        below |= teams[id_].members
        led += [other for other, team in teams.items() if team.parent_id == id_]
    return frozenset(below - {user_id})
