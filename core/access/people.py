"""Whom a scope reaches: people, as a condition of a statement and for owners at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from core.host import services
from plugin_api.context import Actor, Scope
from plugin_api.models import Base, model_of

CHUNK = 1000


def is_reached(
    owner: sa.ColumnElement[Any], model: type[Base], permission: str, scope: Scope, actor: Actor
) -> sa.ColumnElement[bool]:
    """Whether the scope of a permission reaches the person in a column."""
    away = _stood_for(model, permission, actor)
    if scope == "own":
        return owner.in_([actor.user_id, *away]) if away else owner == actor.user_id
    # One IN over people, the actor among them: both databases then walk the index of
    # (company_id, owner), which an OR beside the IN would keep them from.
    person: Any = aliased(model_of("core.User"))
    return owner.in_(sa.select(person.id).where(_within(person, scope, actor, away)))


def _within(person: Any, scope: Scope, actor: Actor, away: Sequence[int]) -> sa.ColumnElement[bool]:
    found: sa.ColumnElement[bool] = person.id == actor.user_id
    if away:
        found = person.id.in_([actor.user_id, *away])
    if scope == "team" and actor.team_id is not None:
        found |= person.team_id == actor.team_id
    elif scope == "subtree" and actor.team_ids:
        found |= person.team_id.in_(sorted(actor.team_ids))
    return found


def reached_of(
    model: type[Base], owners: Iterable[int | None], permission: str, scope: Scope, actor: Actor
) -> set[int | None]:
    """Those of the owners, and the actor, whom the scope reaches."""
    away = _stood_for(model, permission, actor)
    known = {actor.user_id, *away}
    others = set(owners) - known
    if scope == "own" or not others:
        return known
    person: Any = model_of("core.User")
    rule = _within(person, scope, actor, away)
    found = among(others, lambda ids: sa.select(person.id).where(person.id.in_(ids), rule))
    return {*known, *found}


def among(
    ids: Iterable[int | None], asked: Callable[[list[int]], sa.Select[Any]]
) -> set[int | None]:
    """Those of some ids that statements find which ``asked`` makes of a thousand at a time."""
    session = services().session
    some = sorted({id_ for id_ in ids if id_ is not None})
    found: set[int | None] = set()
    with session.no_autoflush:
        for start in range(0, len(some), CHUNK):
            found.update(session.scalars(asked(some[start : start + CHUNK])))
    return found


def _stood_for(model: type[Base], permission: str, actor: Actor) -> list[int]:
    """Absent people with whose records the actor does what they might do themselves."""
    if not actor.stands_for or model.__personal__:
        return []
    return sorted(id_ for id_, grants in actor.stands_for.items() if permission in grants)
