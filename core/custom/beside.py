"""Values of custom fields beside the records, so that an index leads from a value to its records.

What a record holds stands in its ``custom`` column, which the application's role can make no index
of. A field that a company has chosen for it has its values in :class:`CustomValue` too, one of
several choices in :class:`CustomChosen`, led by the company. They are written where the claims of
what is unique are, by :mod:`core.custom.claims`; a list asks there once all of them are
(``filled``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from core.custom import chosen, metas, stored
from core.custom.models import CustomChosen, CustomField, CustomValue
from core.data.fields import column_of, value_of
from core.data.meta import FieldMeta
from core.host import services
from plugin_api.context import current_company
from plugin_api.models import Base, CompanyModel

CHUNK = 1000
TEXTS = frozenset({"text", "email", "phone", "url", "choice"})
NUMBERS = frozenset({"integer", "decimal", "percent", "money", "reference"})
KINDS = TEXTS | NUMBERS | {"date", "instant", chosen.KIND}
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
        found = _entities[meta] = aliased(_table(meta), name=f"{meta.name}_beside")
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
    """The value there, of the type that it has in the record; one of several choices by itself."""
    if meta.kind == chosen.KIND:
        return entity.value  # type: ignore[no-any-return]
    held = getattr(entity, _column(meta.kind))
    return held if meta.kind in ("date", "instant") else sa.type_coerce(held, meta.type)


def holders(meta: FieldMeta, *where: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """Ids of the records that hold a value, one that fulfils conditions on :func:`entity_of`."""
    entity = entity_of(meta)
    return sa.select(entity.record_id).where(entity.field_id == meta.custom, *where)


def among(model: Any, meta: FieldMeta, *where: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Whether a record is one of :func:`holders`."""
    found: sa.ColumnElement[bool] = model.id.in_(holders(meta, *where))
    return found


def lacking(model: Any, meta: FieldMeta, *where: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Whether a record is none of :func:`holders`. Looked up for each record that is read, so that
    a page reads as far as it is long: those who hold a value may be nearly all."""
    entity = entity_of(meta)
    asked: sa.Select[Any] = sa.select(sa.literal_column("1")).select_from(entity)
    return sa.not_(asked.where(on(model, meta, entity), *where).correlate(model).exists())


def choosing(
    model: Any, meta: FieldMeta, operator: str, wanted: Sequence[str]
) -> sa.ColumnElement[bool]:
    """Whether a record holds any of several choices, ``all`` of them, or ``none``, as
    :func:`core.data.several.holding` tells it of the record itself."""
    value = column(meta, entity_of(meta))
    if operator == "all":
        return sa.and_(sa.true(), *(among(model, meta, value == each) for each in wanted))
    told = lacking if operator == "none" else among
    return told(model, meta, value.in_(wanted))


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
    """Forget all values of a field, those of a type that it had before too."""
    for table in (CustomValue, CustomChosen):
        services().session.execute(
            sa.delete(table).where(table.field_id == meta.custom), execution_options=_APART
        )


def mend(model: Any, meta: FieldMeta) -> Iterator[int]:
    """Make what stands beside the records what they hold, in steps that can each be committed;
    yields how many rows differed."""
    session, held, last = services().session, column_of(model, meta), 0
    differing = _differing(model, meta).order_by(model.id).limit(CHUNK)
    while True:
        ids = session.scalars(differing.where(model.id > last)).all()
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
    gone = holders(meta, entity_of(meta).record_id.not_in(sa.select(model.id))).distinct()
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


def _table(meta: FieldMeta) -> Any:
    return CustomChosen if meta.kind == chosen.KIND else CustomValue


def _differing(model: Any, meta: FieldMeta) -> sa.Select[Any]:
    """Ids of the records that hold something else than what stands beside them."""
    entity, held = aliased(_table(meta)), column_of(model, meta)
    if meta.kind == chosen.KIND:
        return sa.select(model.id).where(chosen.differ(held, entity, on(model, meta, entity)))
    joined = sa.select(model.id).outerjoin(entity, on(model, meta, entity))
    return joined.where(held.is_distinct_from(column(meta, entity)))


def _column(kind: str) -> str:
    if kind in TEXTS:
        return "text"
    return {"date": "day", "instant": "moment"}.get(kind, "number")


def _forget(meta: FieldMeta, ids: Sequence[int]) -> None:
    table = _table(meta)
    for start in range(0, len(ids), CHUNK):
        services().session.execute(
            sa.delete(table).where(
                table.field_id == meta.custom, table.record_id.in_(ids[start : start + CHUNK])
            ),
            execution_options=_APART,
        )


def _insert(meta: FieldMeta, held: Sequence[tuple[int, Any]]) -> None:
    there = [(id_, value) for id_, value in held if value is not None]
    rows = list(chosen.rows(meta, there)) if meta.kind == chosen.KIND else _rows(meta, there)
    for start in range(0, len(rows), CHUNK):
        services().session.execute(sa.insert(_table(meta)), rows[start : start + CHUNK])


def _rows(meta: FieldMeta, held: Sequence[tuple[int, Any]]) -> list[dict[str, Any]]:
    where, empty = _column(meta.kind), dict.fromkeys(COLUMNS)
    return [
        {"field_id": meta.custom, "record_id": id_, **empty, where: _stored(meta, value)}
        for id_, value in held
    ]


def _stored(meta: FieldMeta, value: Any) -> Any:
    if meta.kind in NUMBERS:
        return int(stored.to_json(meta.kind, meta.scale, value))
    return value
