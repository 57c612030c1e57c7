"""Whether what a record refers to is there, may be referred to, and fits."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.orm.util import identity_key

from core.access.rules import permission_criteria, scope_of
from core.data.checks import Errors
from core.data.fields import FieldMeta
from core.data.numbers import LARGEST
from core.data.shapes import Shape, shape_of
from core.host import services
from core.tenancy import prepared
from core.tenancy.session import CompanySession
from plugin_api.context import Actor, current_actor, current_company, gettext
from plugin_api.models import Base, model_of

Row = tuple[Mapping[str, Any], Collection[str]]
"""A record's values by view name, and the names of those that are new."""

CHUNK = 1000
FEW = 20
"""Records of a model that are asked for together with those of others."""
_KNOWN = "xiaoguan.referred"


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

    @property
    def names(self) -> tuple[str, ...]:
        """The attributes in order."""
        return tuple(sorted(self.attributes))

    @property
    def is_plain(self) -> bool:
        """Whether what is found of them can be kept for the transaction."""
        return not self.restricted and not self.held


@dataclass(frozen=True, slots=True)
class _Found:
    seen: bool
    values: Mapping[str, Any]


def faults(model: type[Base], rows: Sequence[Row]) -> list[Errors]:
    """What is wrong with the references of each row. One statement a model referred to."""
    actor, shape = current_actor(), shape_of(model)
    asked: dict[str, _Asked] = {}
    for meta in shape.references:
        beside = _beside(shape, meta)
        ids = {
            values[meta.name]
            for values, new in rows
            if values.get(meta.name) is not None and not beside.isdisjoint(new)
        }
        if ids:
            _ask(asked, meta, ids, actor)
    session = services().session
    with session.no_autoflush:
        _find_together(session, list(asked.values()))
        found = {target: _find(session, wanted, actor) for target, wanted in asked.items()}
    faults: list[Errors] = [{} for _row in rows]
    for meta in shape.references:
        beside, there = _beside(shape, meta), found.get(meta.target or "", {})
        for errors, (values, new) in zip(faults, rows, strict=True):
            id_ = values.get(meta.name)
            if id_ is None or beside.isdisjoint(new) or _is_oneself(meta, id_, actor):
                continue
            if fault := _fault(shape, meta, values, new, there):
                errors[meta.name] = [fault]
    return faults


def _beside(shape: Shape, meta: FieldMeta) -> frozenset[str]:
    """Fields of which a new value has a reference looked at: itself, and what it must fit."""
    return frozenset({meta.name, *(shape.by_key[ours].name for ours in meta.narrow.values())})


def _ask(asked: dict[str, _Asked], meta: FieldMeta, ids: set[int], actor: Actor) -> None:
    target = meta.target or ""
    ids = {id_ for id_ in ids if not _is_oneself(meta, id_, actor)}
    if not ids:
        return
    if target not in asked:
        other = model_of(target)
        scope = scope_of(other, f"{target}.read", actor)
        asked[target] = _Asked(other, restricted=scope not in (None, "company"))
    theirs = shape_of(asked[target].model).by_key
    asked[target].attributes.update(theirs[name].attribute for name in meta.narrow)
    asked[target].ids |= ids
    asked[target].held |= meta.custom is not None


def _is_oneself(meta: FieldMeta, id_: int, actor: Actor) -> bool:
    return meta.target == "core.User" and id_ == actor.user_id and not meta.narrow


def _find_together(session: Session, asked: Sequence[_Asked]) -> None:
    """Learn of a few records of several models with one statement: what one record refers to."""
    missing = [(each, ids) for each in asked if each.is_plain and (ids := _missing(session, each))]
    if len(missing) < 2 or any(len(ids) > FEW for _each, ids in missing):
        return
    models = tuple((each.model, each.names) for each, _ids in missing)

    def query() -> sa.CompoundSelect[Any]:
        columns = [getattr(model, name) for model, names in models for name in names]
        parts = []
        for number, (model, _names) in enumerate(models):
            there = model.id.in_(sa.bindparam(f"ids{number}", expanding=True))
            mine = [
                column if column.class_ is model else sa.cast(sa.null(), column.type)
                for column in columns
            ]
            parts.append(sa.select(sa.literal_column(str(number)), model.id, *mine).where(there))
        return sa.union_all(*parts)

    starts = [sum(len(names) for _model, names in models[:i]) + 2 for i in range(len(models))]
    given = {f"ids{number}": sorted(ids) for number, (_each, ids) in enumerate(missing)}
    for row in prepared.asked(session, ("together", models), given, query):
        each = missing[row[0]][0]
        held = row[starts[row[0]] :]
        _known(session, each)[row[1]] = _Found(True, dict(zip(each.names, held, strict=False)))


def _missing(session: Session, asked: _Asked) -> set[int]:
    """Ids that nothing is known of yet."""
    ids = {id_ for id_ in asked.ids if 0 < id_ <= LARGEST} - _known(session, asked).keys()
    if asked.names:
        return ids
    # What the session holds already is there.
    company_id, there = current_company().id, session.identity_map
    return {id_ for id_ in ids if identity_key(asked.model, (company_id, id_)) not in there}


def _find(session: Session, asked: _Asked, actor: Actor) -> dict[int, _Found]:
    wanted = {id_ for id_ in asked.ids if 0 < id_ <= LARGEST}
    missing, names, known = wanted, asked.names, dict[int, _Found]()
    if asked.is_plain:
        known, missing = _known(session, asked), _missing(session, asked)
    found = {id_: known.get(id_, _Found(True, {})) for id_ in wanted - missing}
    columns = [asked.model.id, *(getattr(asked.model, name) for name in names)]
    if asked.restricted:
        key = f"{asked.model.model_key()}.read"
        columns.append(permission_criteria(asked.model, key, actor))
    # Whom the actor may read is not said in so few words that it could be kept.
    name = None if asked.restricted else ("references", asked.model, names, asked.held)

    def query() -> sa.Select[Any]:
        made = sa.select(*columns).where(
            asked.model.id.in_(sa.bindparam("referred", expanding=True))
        )
        if asked.held:
            made = made.with_for_update(read=True, key_share=True, of=asked.model)
        return made

    for some in _chunks(sorted(missing)):
        given = {"referred": some}
        rows = (
            session.execute(query(), given).all()
            if name is None
            else prepared.asked(session, name, given, query)
        )
        for row in rows:
            seen = bool(row[-1]) if asked.restricted else True
            found[row[0]] = known[row[0]] = _Found(seen, dict(zip(names, row[1:], strict=False)))
    return found


def _known(session: Session, asked: _Asked) -> dict[int, _Found]:
    """What was found in this transaction already, until something is changed, deleted or undone:
    the rows of a file refer to the same few records again and again."""
    transaction = session.get_transaction()
    if transaction is None:
        transaction = session.begin()
    held = session.info.get(_KNOWN)
    if held is None or held[0] is not transaction:
        held = session.info[_KNOWN] = (transaction, {})
    kept: dict[Any, dict[int, _Found]] = held[1]
    return kept.setdefault((asked.model, asked.names), {})


@event.listens_for(CompanySession, "before_flush")
def _flushing(session: Session, context: object, instances: object) -> None:
    if session.dirty or session.deleted:
        session.info.pop(_KNOWN, None)


@event.listens_for(CompanySession, "do_orm_execute")
def _executing(state: ORMExecuteState) -> None:
    if state.is_update or state.is_delete:
        state.session.info.pop(_KNOWN, None)


@event.listens_for(CompanySession, "after_soft_rollback")
def _undone(session: Session, previous: object) -> None:
    session.info.pop(_KNOWN, None)


def _fault(
    shape: Shape,
    meta: FieldMeta,
    values: Mapping[str, Any],
    new: Collection[str],
    found: Mapping[int, _Found],
) -> str | None:
    id_ = values[meta.name]
    other = found.get(id_)
    if other is None or (meta.name in new and not other.seen):
        # The same words for both: whether there is one beyond one's reach is not told.
        thing = model_of(meta.target or "").__label__ or gettext("record")
        return str(gettext("There is no such %(thing)s: %(id)s.", thing=thing, id=id_))
    if not meta.narrow:
        return None
    ours, theirs = shape.by_key, shape_of(model_of(meta.target or "")).by_key
    for their_name, our_name in meta.narrow.items():
        wanted = values.get(ours[our_name].name)
        if wanted is not None and other.values[theirs[their_name].attribute] != wanted:
            return str(gettext("This does not fit “%(field)s”.", field=ours[our_name].label))
    return None


def _chunks(ids: list[int]) -> Iterable[list[int]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
