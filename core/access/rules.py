"""Whose records a permission reaches, as a condition of a statement and for records at hand.

A model without a collection has no permissions: no page, list or interface shows it, and the
code that writes it answers for what it does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from core.access.people import among, is_reached, reached_of
from core.data.fields import own_fields
from core.host import services
from plugin_api.context import Actor, Scope, current_company, today
from plugin_api.models import Base, CompanyModel, model_of

LOOKING = ("read", "export")
"""Actions that change nothing."""
OWNERS_ONLY = ("create", "delete", "import")
"""Actions that a share of a record never allows."""


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
    kind = _class_of(model)

    def owned(scope: Scope) -> sa.ColumnElement[bool]:
        others = _besides(kind, permission, scope, actor)
        if not others:
            return _owned(here, permission, scope, actor)
        # One IN over ids: an OR of two conditions would keep PostgreSQL from its indexes.
        own: Any = aliased(kind)
        mine = sa.select(own.id).where(_owned(own, permission, scope, actor))
        return here.id.in_(sa.union_all(mine, *others))  # type: ignore[no-any-return]

    return _reached(kind, permission, actor, partial(getattr, here), owned)


def reached_before(
    model: type[Base], permission: str, actor: Actor, held: Callable[[str], sa.ColumnElement[Any]]
) -> sa.ColumnElement[bool]:
    """The same for records that are gone, by whom they belonged to. ``held`` gives what they held
    in a column, by its attribute."""

    def owned(scope: Scope) -> sa.ColumnElement[bool]:
        return is_reached(held(model.__owner__ or ""), model, permission, scope, actor)

    return _reached(model, permission, actor, held, owned)


def _reached(
    model: type[Base],
    permission: str,
    actor: Actor,
    held: Callable[[str], sa.ColumnElement[Any]],
    owned: Callable[[Scope], sa.ColumnElement[bool]],
) -> sa.ColumnElement[bool]:
    """What a permission reaches by its scope, or by the whole of which it is a part; ``owned`` says
    it where the owner decides."""
    scope = scope_of(model, permission, actor)
    if scope is None:
        return sa.false()
    if scope == "company":
        return sa.true()
    if model.__parent__:
        whole: Any = aliased(whole_of(model))
        reached = permission_criteria(whole, _of_whole(model, permission), actor)
        return held(model.__parent__).in_(sa.select(whole.id).where(reached))
    return owned(scope)


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
        seen = among(wholes, lambda ids: sa.select(whole.id).where(whole.id.in_(ids), rule))
        return [i for i, id_ in enumerate(wholes) if id_ not in seen]
    owners = [getattr(record, model.__owner__ or "") for record in records]
    people = reached_of(model, owners, permission, scope, actor)
    out = [i for i, owner in enumerate(owners) if owner not in people]
    if not out:
        return []  # What follows is only made when it is needed: that takes a while.
    for leg in _besides(model, permission, scope, actor):
        if out:
            found = _within_leg(leg, [records[i].id for i in out])
            out = [i for i in out if records[i].id not in found]
    return out


def by_rule(record: CompanyModel, permission: str, actor: Actor) -> bool:
    """Whether the permission reaches a record by a rule of its model's own."""
    legs = type(record).reached_besides(permission, actor)
    return any(record.id in _within_leg(leg, [record.id]) for leg in legs)


def behalf_of(record: CompanyModel, actor: Actor) -> int | None:
    """The absent person through whom alone the actor may change the record."""
    if not actor.stands_for:
        return None
    owner = _owner_id(record)
    if owner not in actor.stands_for:
        return None
    alone = replace(actor, stands_for={})
    return None if reaches(record, f"{record.model_key()}.update", alone) else owner


def is_shareable(model: type[Base]) -> bool:
    """Whether single records may be shared: they belong to somebody and need not stay there."""
    return bool(
        model.__collection__ and model.__owner__ and not model.__parent__ and not model.__personal__
    )


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


def _levels(permission: str) -> tuple[str, ...]:
    """Which shares of a record let somebody use a permission that they hold: none makes a record
    or deletes it."""
    if _looks(permission):
        return ("read", "edit")
    return () if permission.rpartition(".")[2] in OWNERS_ONLY else ("edit",)


def _besides(
    model: type[Base], permission: str, scope: Scope, actor: Actor
) -> list[sa.Select[Any]]:
    """Ids of records that the actor reaches though they are none of the scope's; one leg a way."""
    return [
        *_by_parts(model, permission, scope, actor),
        *_by_shares(model, permission, actor),
        *model.reached_besides(permission, actor),
    ]


def _within_leg(leg: sa.Select[Any], ids: list[int]) -> set[int | None]:
    [whole_id] = leg.selected_columns
    return among(ids, lambda some: leg.where(whole_id.in_(some)))


def _by_parts(
    model: type[Base], permission: str, scope: Scope, actor: Actor
) -> list[sa.Select[Any]]:
    """Ids of records that the actor sees because a part of them is within the scope."""
    if model.__shared_by__ is None or not _looks(permission):
        return []
    part: Any = aliased(model_of(model.__shared_by__))
    whole_id = getattr(part, part.__parent__)
    return [sa.select(whole_id).where(_owned(part, permission, scope, actor))]


def _by_shares(model: type[Base], permission: str, actor: Actor) -> list[sa.Select[Any]]:
    """Ids of records that are shared with the actor; one leg an index."""
    key, levels = model.model_key(), _levels(permission)
    if key not in actor.shared or not levels or not is_shareable(model):
        return []
    share: Any = aliased(model_of("core.Share"))
    with_whom = [share.user_id == actor.user_id]
    if actor.shared_teams:
        with_whom.append(share.team_id.in_(sorted(actor.shared_teams)))
    lasts = share.until.is_(None) | (share.until >= today())
    return [
        sa.select(share.record_id).where(who, share.model == key, share.level.in_(levels), lasts)
        for who in with_whom
    ]


def _owner_id(record: CompanyModel) -> int | None:
    while record.__parent__:
        whole_id = getattr(record, record.__parent__)
        whole: Any = services().session.get(
            whole_of(type(record)), (current_company().id, whole_id)
        )
        if whole is None:
            return None
        record = whole
    owner: int | None = getattr(record, record.__owner__) if record.__owner__ else None
    return owner


def _owned(entity: Any, permission: str, scope: Scope, actor: Actor) -> sa.ColumnElement[bool]:
    """Whether a row belongs to somebody whom the scope reaches."""
    model = _class_of(entity)
    owner: sa.ColumnElement[Any] = getattr(entity, model.__owner__ or "")
    return is_reached(owner, model, permission, scope, actor)
