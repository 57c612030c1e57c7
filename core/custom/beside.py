"""Values of custom fields beside the records, so that an index leads from a value to its records.

What a record holds stands in its ``custom`` column, which the application's role can make no index
of. A field that a company has chosen for it has its values in :class:`CustomValue` too, led by the
company. They are written where the claims of what is unique are, by :mod:`core.custom.claims`; a
list asks there once all of them are (``filled``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from core.custom import metas, stored
from core.custom.models import CustomField, CustomValue
from core.data.fields import column_of, value_of
from core.data.meta import FieldMeta
from core.host import services
from plugin_api.context import current_company
from plugin_api.models import Base, CompanyModel

CHUNK = 1000
TEXTS = frozenset({"text", "email", "phone", "url", "choice"})
NUMBERS = frozenset({"integer", "decimal", "percent", "money", "reference"})
KINDS = TEXTS | NUMBERS | {"date", "instant"}
"""Kinds whose values may stand beside the records; of yes and no, half of them would."""
COLUMNS = ("text", "number", "day", "moment")
_APART = {"synchronize_session": False}
_entities: WeakKeyDictionary[FieldMeta, Any] = WeakKeyDictionary()


def serves(meta: FieldMeta) -> bool:
    """Whether a list may ask there instead of the records. What somebody sees in part only, no
    condition may be asked of whole."""
    return meta.filled and not meta.masked


def entity_of(meta: FieldMeta) -> Any:
    """An alias of the table for a field. Kept, since statements are told apart by it."""
    found = _entities.get(meta)
    if found is None:
        found = _entities[meta] = aliased(CustomValue, name=f"{meta.name}_beside")
    return found


def on(model: Any, meta: FieldMeta, entity: Any) -> sa.ColumnElement[bool]:
    """Which row is that of a record."""
    # Apart for the company, so that the key serves the join on a database in parts.
    return sa.and_(
        entity.company_id == model.company_id,
        entity.record_id == model.id,
        entity.field_id == sa.literal_column(str(int(meta.custom or 0))),
    )


def column(meta: FieldMeta, entity: Any) -> sa.ColumnElement[Any]:
    """The value there, of the type that it has in the record."""
    held = getattr(entity, _column(meta.kind))
    return held if meta.kind in ("date", "instant") else sa.type_coerce(held, meta.type)


def holders(meta: FieldMeta, *where: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """Ids of the records that hold a value, one that fulfils conditions on :func:`entity_of`."""
    entity = entity_of(meta)
    return sa.select(entity.record_id).where(entity.field_id == meta.custom, *where)


def keep(records: Sequence[CompanyModel], changed: Collection[str] | None = None) -> None:
    """Write what records of one model hold, once they are written themselves; ``changed`` are the
    only fields that differ from before."""
    for meta in _kept(type(records[0])):
        if changed is None or meta.name in changed:
            if changed is not None:
                _forget(meta, [record.id for record in records])
            _insert(meta, [(record.id, value_of(record, meta)) for record in records])


def release(model: type[Base], ids: Sequence[int]) -> None:
    """Forget what records of a model held that are deleted."""
    for meta in _kept(model):
        _forget(meta, ids)


def drop(meta: FieldMeta) -> None:
    """Forget all values of a field."""
    services().session.execute(
        sa.delete(CustomValue).where(CustomValue.field_id == meta.custom), execution_options=_APART
    )


def mend(model: Any, meta: FieldMeta) -> Iterator[int]:
    """Make what stands beside the records what they hold, in steps that can each be committed;
    yields how many rows differed."""
    entity, session = aliased(CustomValue), services().session
    held, last = column_of(model, meta), 0
    beside = column(meta, entity)
    while True:
        differing = (
            sa.select(model.id)
            .outerjoin(entity, on(model, meta, entity))
            .where(model.id > last, held.is_distinct_from(beside))
            .order_by(model.id)
            .limit(CHUNK)
        )
        ids = session.scalars(differing).all()
        if not ids:
            break
        # Held, so that nobody changes a record between its being read and its value written.
        asked = sa.select(model.id, held).where(model.id.in_(ids)).with_for_update(read=True)
        rows = [(row[0], row[1]) for row in session.execute(asked)]
        _forget(meta, ids)
        _insert(meta, rows)
        last = ids[-1]
        yield len(ids)
    # Of parts that the database has deleted with their whole.
    gone = holders(meta).where(entity_of(meta).record_id.not_in(sa.select(model.id)))
    while ids := session.scalars(gone.limit(CHUNK)).all():
        _forget(meta, ids)
        yield len(ids)


def fill_all() -> None:
    """Do so for every field of the company that is to have its values there, and let lists ask
    there from then on. What somebody saved by an older definition is found the next time."""
    from core.custom.memory import changed
    from core.tenancy.session import FIELDS, raise_revision

    session, models = services().session, services().registry.models
    fields = session.scalars(sa.select(CustomField).where(CustomField.indexed)).all()
    work = [(field.id, field.model, field.filled) for field in fields]
    for id_, key, filled in work:
        model = models.get(key)
        meta = next((m for m in metas.every(model) if m.custom == id_), None) if model else None
        if meta is None or model is None:
            continue
        for _ in mend(model, meta):
            session.commit()
        if not filled:
            session.execute(
                sa.update(CustomField)
                .where(CustomField.id == id_, CustomField.indexed)
                .values(filled=True),
                execution_options=_APART,
            )
            raise_revision(session, FIELDS)
            changed(session, current_company().id)
        session.commit()


def _kept(model: type[Base]) -> list[FieldMeta]:
    return [meta for meta in metas.every(model) if meta.indexed]


def _column(kind: str) -> str:
    if kind in TEXTS:
        return "text"
    return {"date": "day", "instant": "moment"}.get(kind, "number")


def _forget(meta: FieldMeta, ids: Sequence[int]) -> None:
    for start in range(0, len(ids), CHUNK):
        services().session.execute(
            sa.delete(CustomValue).where(
                CustomValue.field_id == meta.custom,
                CustomValue.record_id.in_(ids[start : start + CHUNK]),
            ),
            execution_options=_APART,
        )


def _insert(meta: FieldMeta, held: Sequence[tuple[int, Any]]) -> None:
    where = _column(meta.kind)
    empty = dict.fromkeys(COLUMNS)
    rows = [
        {"field_id": meta.custom, "record_id": id_, **empty, where: _stored(meta, value)}
        for id_, value in held
        if value is not None
    ]
    for start in range(0, len(rows), CHUNK):
        services().session.execute(sa.insert(CustomValue), rows[start : start + CHUNK])


def _stored(meta: FieldMeta, value: Any) -> Any:
    if meta.kind in NUMBERS:
        return int(stored.to_json(meta.kind, meta.scale, value))
    return value
