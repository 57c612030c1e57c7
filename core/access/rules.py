"""Whose records a permission reaches, as a condition of a statement and for records at hand.

A model without a collection has no permissions: no page, list or interface shows it, and the
code that writes it answers for what it does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from core.data.fields import own_fields
from core.host import services
from plugin_api.context import Actor, Scope
from plugin_api.models import Base, CompanyModel, model_of

LOOKING = ("read", "export")
"""Actions that change nothing."""
CHUNK = 1000


def scope_of(model: type[Base], permission: str, actor: Actor) -> Scope | None:
    """How far the permission reaches among the model's records; None: the actor lacks it.

    A part of another record goes by that one: who may see it sees the part, who may update
    it changes the part.
    """
    if actor.is_system or not model.__collection__:
        return "company"
    scope = actor.grants.get(permission)
    if scope is not None and model.__parent__:
        return scope_of(whole_of(model), _of_whole(model, permission), actor)
    return scope if scope is None or model.__owner__ else "company"


def scope_criteria(model: type[Base], action: str, actor: Actor) -> sa.ColumnElement[bool]:
    """What a record must fulfil for the actor to do ``action`` with it.

    ``sa.true()`` when all do, ``sa.false()`` when none does. ``model`` may be an alias.
    """
    return permission_criteria(model, f"{_class_of(model).model_key()}.{action}", actor)


def permission_criteria(model: type[Base], permission: str, actor: Actor) -> sa.ColumnElement[bool]:
    """The same for any permission, such as that of a transition."""
    here: Any = model
    model = _class_of(model)
    scope = scope_of(model, permission, actor)
    if scope is None:
        return sa.false()
    if scope == "company":
        return sa.true()
    if model.__parent__:
        whole: Any = aliased(whole_of(model))
        reached = permission_criteria(whole, _of_whole(model, permission), actor)
        return getattr(here, model.__parent__).in_(sa.select(whole.id).where(reached))  # type: ignore[no-any-return]
    if model.__shared_by__ is None or not _looks(permission):
        return _owned(here, scope, actor)
    # One IN over ids: an OR of two conditions would keep PostgreSQL from its indexes.
    own: Any = aliased(model)
    part, whole_id = _part(model)
    return here.id.in_(  # type: ignore[no-any-return]
        sa.union_all(
            sa.select(own.id).where(_owned(own, scope, actor)),
            sa.select(whole_id).where(_owned(part, scope, actor)),
        )
    )


def reaches(record: CompanyModel, permission: str, actor: Actor) -> bool:
    """Whether the permission reaches a record, by what the record says now."""
    return not beyond([record], permission, actor)


def beyond(records: Sequence[CompanyModel], permission: str, actor: Actor) -> list[int]:
    """Positions of records of one model that the permission does not reach.

    Runs a statement only when the teams of other people, another record or shares decide.
    """
    if not records:
        return []
    model = type(records[0])
    scope = scope_of(model, permission, actor)
    if scope is None:
        return list(range(len(records)))
    if scope == "company":
        return []
    if model.__parent__:
        whole: Any = whole_of(model)
        rule = permission_criteria(whole, _of_whole(model, permission), actor)
        wholes = [getattr(record, model.__parent__) for record in records]
        seen = _among(wholes, lambda ids: sa.select(whole.id).where(whole.id.in_(ids), rule))
        return [i for i, id_ in enumerate(wholes) if id_ not in seen]
    owners = [getattr(record, model.__owner__ or "") for record in records]
    people = _people(owners, scope, actor)
    out = [i for i, owner in enumerate(owners) if owner not in people]
    if out and model.__shared_by__ and _looks(permission):
        part, whole_id = _part(model)
        rule = _owned(part, scope, actor)
        ids = [records[i].id for i in out]
        shared = _among(ids, lambda some: sa.select(whole_id).where(whole_id.in_(some), rule))
        out = [i for i in out if records[i].id not in shared]
    return out


def whole_of(model: type[Base]) -> type[Base]:
    """The model of which this one's records are parts."""
    for meta in own_fields(model).values():
        if meta.attribute == model.__parent__ and meta.target:
            return model_of(meta.target)
    raise TypeError(f"{model.model_key()}: __parent__ {model.__parent__!r} is no reference")


def _class_of(model: Any) -> type[Base]:
    """The mapped class of a model or of an alias of it."""
    found: type[Base] = sa.inspect(model).mapper.class_
    return found


def _of_whole(model: type[Base], permission: str) -> str:
    """The permission for the whole that decides over a part."""
    return f"{whole_of(model).model_key()}.{'read' if _looks(permission) else 'update'}"


def _looks(permission: str) -> bool:
    return permission.rpartition(".")[2] in LOOKING


def _part(model: Any) -> tuple[Any, Any]:
    """The parts whose owners share in a model's records, and their reference to it."""
    part: Any = aliased(model_of(model.__shared_by__))
    return part, getattr(part, part.__parent__)


def _owned(model: Any, scope: Scope, actor: Actor) -> sa.ColumnElement[bool]:
    """Whether a row belongs to somebody whom the scope reaches."""
    owner: sa.ColumnElement[Any] = getattr(model, model.__owner__)
    if scope == "own":
        return owner == actor.user_id
    # One IN over people, the actor among them: both databases then walk the index of
    # (company_id, owner), which an OR beside the IN would keep them from.
    person: Any = aliased(model_of("core.User"))
    return owner.in_(sa.select(person.id).where(_within(person, scope, actor)))


def _within(person: Any, scope: Scope, actor: Actor) -> sa.ColumnElement[bool]:
    found: sa.ColumnElement[bool] = person.id == actor.user_id
    if scope == "team" and actor.team_id is not None:
        found |= person.team_id == actor.team_id
    elif scope == "subtree" and actor.team_ids:
        found |= person.team_id.in_(sorted(actor.team_ids))
    return found


def _people(owners: Iterable[int | None], scope: Scope, actor: Actor) -> set[int | None]:
    """Those of the owners, and the actor, whom the scope reaches."""
    others = set(owners) - {actor.user_id}
    if scope == "own" or not others:
        return {actor.user_id}
    person: Any = model_of("core.User")
    rule = _within(person, scope, actor)
    found = _among(others, lambda ids: sa.select(person.id).where(person.id.in_(ids), rule))
    return {actor.user_id, *found}


def _among(
    ids: Iterable[int | None], asked: Callable[[list[int]], sa.Select[Any]]
) -> set[int | None]:
    session = services().session
    some = sorted({id_ for id_ in ids if id_ is not None})
    found: set[int | None] = set()
    with session.no_autoflush:
        for start in range(0, len(some), CHUNK):
            found.update(session.scalars(asked(some[start : start + CHUNK])))
    return found
