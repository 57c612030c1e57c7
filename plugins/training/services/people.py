"""Whom somebody may look at, and what people are called."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_actor
from plugin_api.models import model_of


def reached(permission: str, person: Any) -> sa.ColumnElement[bool]:
    """Which people a permission of the actor reaches; ``person`` is `core.User` or an alias."""
    actor = current_actor()
    scope = "company" if actor.is_system else actor.grants.get(permission)
    if scope is None:
        return sa.false()
    if scope == "company":
        return sa.true()
    found: sa.ColumnElement[bool] = person.id == actor.user_id
    if scope == "team" and actor.team_id is not None:
        found |= person.team_id == actor.team_id
    elif scope == "subtree" and actor.team_ids:
        found |= person.team_id.in_(sorted(actor.team_ids))
    return found


def may_reach(permission: str, user_id: int) -> bool:
    """Whether a permission of the actor reaches a person. One statement at most."""
    if user_id == current_actor().user_id:
        return permission in current_actor().grants or current_actor().is_system
    user: Any = model_of("core.User")
    asked = sa.select(user.id).where(user.id == user_id, reached(permission, user))
    return host().session.scalar(asked) is not None


def names_of(ids: Collection[int | None]) -> Mapping[int, str]:
    """What people are called. One statement."""
    user: Any = model_of("core.User")
    wanted = {id_ for id_ in ids if id_ is not None}
    if not wanted:
        return {}
    asked = sa.select(user.id, user.name).where(user.id.in_(wanted))
    return {row[0]: row[1] for row in host().session.execute(asked)}


def manager_of(user_id: int) -> int | None:
    """Who leads somebody: the manager of the team, or of the nearest larger one that somebody
    else leads. Two statements."""
    user: Any = model_of("core.User")
    team: Any = model_of("core.Team")
    here = host().session.scalar(sa.select(user.team_id).where(user.id == user_id))
    rows = host().session.execute(sa.select(team.id, team.parent_id, team.manager_id))
    teams = {row[0]: (row[1], row[2]) for row in rows}
    seen = set[int]()
    while here is not None and here in teams and here not in seen:
        seen.add(here)
        here, leader = teams[here]
        if leader is not None and leader != user_id:
            return int(leader)
    return None
