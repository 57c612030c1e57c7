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
