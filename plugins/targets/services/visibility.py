"""Whose rows somebody sees: those whose targets and whose facts they may both read."""

from __future__ import annotations

from collections.abc import Sequence

from plugin_api.context import SCOPES, Actor, Scope
from plugins.targets.services.attainment import Person, Team


def common_scope(actor: Actor, permissions: Sequence[str]) -> Scope | None:
    """The narrowest scope among permissions; None when one of them is missing."""
    if actor.is_system:
        return "company"
    held = [actor.grants.get(permission) for permission in permissions]
    if None in held:
        return None
    return min((scope for scope in held if scope), key=SCOPES.index, default="company")


def visible_people(scope: Scope, actor: Actor, people: Sequence[Person]) -> list[Person]:
    """The people of a scope; everyone sees himself."""
    if scope == "company":
        return list(people)
    teams = {"own": frozenset(), "team": frozenset({actor.team_id}), "subtree": actor.team_ids}
    return [
        person
        for person in people
        if person.id == actor.user_id
        or (person.team_id is not None and person.team_id in teams[scope])
    ]


def visible_teams(scope: Scope, actor: Actor, teams: Sequence[Team]) -> list[Team]:
    """The teams of a scope."""
    if scope == "company":
        return list(teams)
    if scope == "own":
        return []
    ids = {actor.team_id} if scope == "team" else actor.team_ids
    return [team for team in teams if team.id in ids]
