"""Whether what a record refers to is there, may be referred to, and fits."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.util import identity_key

from core.access.rules import permission_criteria, scope_of
from core.data.checks import Errors, shape_of
from core.data.fields import FieldMeta
from core.data.numbers import LARGEST
from core.host import services
from core.tenancy import prepared
from plugin_api.context import Actor, current_actor, current_company, gettext
from plugin_api.models import Base, model_of

Row = tuple[Mapping[str, Any], Collection[str]]
"""A record's values by view name, and the names of those that are new."""

CHUNK = 1000


@dataclass(slots=True)
class _Asked:
    """Records of one model that are referred to, and their fields that must fit."""

    model: Any
    ids: set[int] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    restricted: bool = False
    """Whether the actor reads some of them only."""
    held: bool = False
    """Whether they must stay until the transaction ends: no key of the database holds what a
    custom field names."""


@dataclass(frozen=True, slots=True)
class _Found:
    seen: bool
    values: Mapping[str, Any]


def faults(model: type[Base], rows: Sequence[Row]) -> list[Errors]:
    """What is wrong with the references of each row. One statement a model referred to."""
    actor = current_actor()
    asked: dict[str, _Asked] = {}
    for values, new in rows:
        for meta in _concerned(model, new):
            if values.get(meta.name) is not None:
                _ask(asked, model, meta, values[meta.name], actor)
    session = services().session
    with session.no_autoflush:
        found = {target: _find(session, wanted, actor) for target, wanted in asked.items()}
    return [
        {
            meta.name: [fault]
            for meta in _concerned(model, new)
            if (fault := _fault(model, meta, values, new, found.get(meta.target or "", {})))
        }
        for values, new in rows
    ]


def _concerned(model: type[Base], new: Collection[str]) -> Iterator[FieldMeta]:
    """References that are new, or that must fit something that is."""
    shape = shape_of(model)
    for meta in shape.metas.values():
        if meta.kind == "reference" and (
            meta.name in new or any(shape.by_key[ours].name in new for ours in meta.narrow.values())
        ):
            yield meta


def _ask(
    asked: dict[str, _Asked], model: type[Base], meta: FieldMeta, id_: int, actor: Actor
) -> None:
    target = meta.target or ""
    if _is_oneself(meta, id_, actor):
        return
    if target not in asked:
        other = model_of(target)
        scope = scope_of(other, f"{target}.read", actor)
        asked[target] = _Asked(other, restricted=scope not in (None, "company"))
    theirs = shape_of(asked[target].model).by_key
    asked[target].attributes.update(theirs[name].attribute for name in meta.narrow)
    asked[target].ids.add(id_)
    asked[target].held |= meta.custom is not None


def _is_oneself(meta: FieldMeta, id_: int, actor: Actor) -> bool:
    return meta.target == "core.User" and id_ == actor.user_id and not meta.narrow


def _find(session: Session, asked: _Asked, actor: Actor) -> dict[int, _Found]:
    found: dict[int, _Found] = {}
    ids = {id_ for id_ in asked.ids if 0 < id_ <= LARGEST}
    if not asked.restricted and not asked.attributes and not asked.held:
        # What the session holds already is there.
        company_id = current_company().id
        for id_ in ids:
            if identity_key(asked.model, (company_id, id_)) in session.identity_map:
                found[id_] = _Found(True, {})
    names = sorted(asked.attributes)
    columns = [asked.model.id, *(getattr(asked.model, name) for name in names)]
    if asked.restricted:
        key = f"{asked.model.model_key()}.read"
        columns.append(permission_criteria(asked.model, key, actor))
    # Whom the actor may read is not said in so few words that it could be kept.
    name = None if asked.restricted else ("references", asked.model, tuple(names), asked.held)
    for some in _chunks(sorted(ids - found.keys())):
        criteria = (asked.model.id.in_(some),)

        def query(criteria: Any = criteria) -> tuple[sa.Select[Any], None]:
            made = sa.select(*columns).where(*criteria)
            if asked.held:
                made = made.with_for_update(read=True, key_share=True, of=asked.model)
            return made, None

        rows = (
            session.execute(query()[0]).all()
            if name is None
            else prepared.rows(session, name, criteria, query)[0]
        )
        for row in rows:
            seen = bool(row[-1]) if asked.restricted else True
            found[row[0]] = _Found(seen, dict(zip(names, row[1:], strict=False)))
    return found


def _fault(
    model: type[Base],
    meta: FieldMeta,
    values: Mapping[str, Any],
    new: Collection[str],
    found: Mapping[int, _Found],
) -> str | None:
    id_ = values.get(meta.name)
    if id_ is None or _is_oneself(meta, id_, current_actor()):
        return None
    other = found.get(id_)
    if other is None or (meta.name in new and not other.seen):
        # The same words for both: whether there is one beyond one's reach is not told.
        thing = model_of(meta.target or "").__label__ or gettext("record")
        return str(gettext("There is no such %(thing)s: %(id)s.", thing=thing, id=id_))
    if not meta.narrow:
        return None
    ours, theirs = shape_of(model).by_key, shape_of(model_of(meta.target or "")).by_key
    for their_name, our_name in meta.narrow.items():
        wanted = values.get(ours[our_name].name)
        if wanted is not None and other.values[theirs[their_name].attribute] != wanted:
            return str(gettext("This does not fit “%(field)s”.", field=ours[our_name].label))
    return None


def _chunks(ids: list[int]) -> Iterable[list[int]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
