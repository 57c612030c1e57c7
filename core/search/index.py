"""What is found of which record: written with the record, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary
from zlib import crc32

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session, UOWTransaction

from core.data.fields import TEXTUAL, FieldMeta, guarded_of, own_fields
from core.host import add, services
from core.search.models import SearchToken
from core.search.tokens import tokens_of
from core.tenancy.session import CompanySession
from plugin_api.models import Base, CompanyModel

CHUNK = 500
"""Records taken at once."""
_APART = {"synchronize_session": False, "autoflush": False}


@dataclass(frozen=True, slots=True)
class Shape:
    """Which attributes of a model are searched."""

    title: str | None
    texts: tuple[str, ...]
    numbers: tuple[str, ...]
    """Telephone numbers, found however they are grouped."""

    @property
    def attributes(self) -> tuple[str, ...]:
        """All of them, the title first."""
        return (*([self.title] if self.title else ()), *self.texts, *self.numbers)


_shapes: WeakKeyDictionary[type[Base], Shape | None] = WeakKeyDictionary()


def number_of(model: type[Base]) -> int:
    """The number that stands for a model in the index, the same for ever."""
    return crc32(model.model_key().encode()) & 0x7FFFFFFF


def shape_of(model: type[Base]) -> Shape | None:
    """What is searched of a model with pages; None for others and where there is no text."""
    if model not in _shapes:
        _shapes[model] = _shape(model)
    return _shapes[model]


def hides(model: type[Base]) -> bool:
    """Whether the index holds what the actor may not read: it does not tell fields apart."""
    shape, metas = shape_of(model), own_fields(model)
    gone = {metas[name].attribute for name in guarded_of(model) if name in metas}
    return shape is not None and not gone.isdisjoint(shape.attributes)


def install() -> None:
    """Have every flush of a company's session keep the index current."""
    for moment, listener in (("before_flush", _flushing), ("after_flush", _flushed)):
        if not event.contains(CompanySession, moment, listener):
            event.listen(CompanySession, moment, listener)


def forget(session: Session, model: type[Base]) -> None:
    """Take everything of a model out of the company's index."""
    session.execute(
        sa.delete(SearchToken).where(SearchToken.model == number_of(model)),
        execution_options=_APART,
    )


def rebuild(session: Session, model: type[CompanyModel]) -> Iterator[int]:
    """Make the index of a model anew, as after a change of what is searched.

    Yields how many records are done, a chunk at a time; the edge commits, after each if it
    likes.
    """
    forget(session, model)
    shape, last, done = shape_of(model), 0, 0
    while shape is not None:
        columns = [getattr(model, name) for name in shape.attributes]
        rows = session.execute(
            sa.select(model.id, *columns).where(model.id > last).order_by(model.id).limit(CHUNK)
        ).all()
        if not rows:
            return
        _insert(_Row(model, row[0], row[1:]) for row in rows)
        last, done = rows[-1][0], done + len(rows)
        yield done


@dataclass(frozen=True, slots=True)
class _Row:
    model: type[Base]
    id: int
    values: Iterable[str | None]
    """Of the attributes that the shape names, in their order."""


def _shape(model: type[Base]) -> Shape | None:
    if not model.__collection__ or not issubclass(model, CompanyModel):
        return None
    metas = own_fields(model)
    searched = [metas[n] for n in dict.fromkeys((model.__title__, *model.__search__)) if n in metas]
    found = [meta for meta in searched if meta.kind in TEXTUAL]
    if not found:
        return None
    title = next((meta.attribute for meta in found if meta.name == model.__title__), None)
    rest = [meta for meta in found if meta.attribute != title]
    return Shape(
        title=title,
        texts=tuple(meta.attribute for meta in rest if not _is_number(meta)),
        numbers=tuple(meta.attribute for meta in rest if _is_number(meta)),
    )


def _is_number(meta: FieldMeta) -> bool:
    return meta.kind == "phone"


def _flushing(session: CompanySession, context: UOWTransaction, instances: object) -> None:
    """Forget what the database is about to delete with a record."""
    gone: dict[type[Base], set[int]] = {}
    for record in session.deleted:
        if isinstance(record, CompanyModel):
            gone.setdefault(type(record), set()).add(record.id)
    waiting = list(gone.items())
    while waiting:
        model, ids = waiting.pop()
        for part, attribute in _parts_of(model):
            for some in _chunks(sorted(ids)):
                parts = session.scalars(
                    sa.select(part.id).where(getattr(part, attribute).in_(some)),
                    execution_options={"autoflush": False},
                ).all()
                if parts:
                    waiting.append((part, set(parts)))
                    _delete(session, part, parts)


def _parts_of(model: type[Base]) -> Iterator[tuple[Any, str]]:
    """Models whose records go with one of this model, each with its reference to it."""
    key = model.model_key()
    for part in services().registry.models.values():
        for meta in own_fields(part).values():
            if meta.target == key and meta.on_delete == "cascade":
                yield part, meta.attribute


def _flushed(session: CompanySession, context: UOWTransaction) -> None:
    gone: dict[type[Base], list[int]] = {}
    rows: list[_Row] = []
    for record in (*session.dirty, *session.deleted):
        model = type(record)
        shape = shape_of(model)
        if shape is not None and (record in session.deleted or _is_touched(record, shape)):
            gone.setdefault(model, []).append(record.id)
            if record not in session.deleted:
                rows.append(_row_of(record, shape))
    for record in session.new:
        shape = shape_of(type(record))
        if shape is not None:
            rows.append(_row_of(record, shape))
    for model, ids in gone.items():
        _delete(session, model, ids)
    _insert(rows)


def made(records: Sequence[CompanyModel]) -> None:
    """Have new records of one model, which no flush writes, found as well."""
    shape = shape_of(type(records[0]))
    if shape is not None:
        _insert([_row_of(record, shape) for record in records])


def _is_touched(record: Any, shape: Shape) -> bool:
    attributes = sa.inspect(record).attrs
    return any(attributes[name].history.has_changes() for name in shape.attributes)


def _row_of(record: Any, shape: Shape) -> _Row:
    return _Row(type(record), record.id, [getattr(record, name) for name in shape.attributes])


def _delete(session: Session, model: type[Base], ids: Sequence[int]) -> None:
    for some in _chunks(ids):
        session.execute(
            sa.delete(SearchToken).where(
                SearchToken.model == number_of(model), SearchToken.record_id.in_(some)
            ),
            execution_options=_APART,
        )


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))


def _insert(rows: Iterable[_Row]) -> None:
    made: dict[type[Base], list[dict[str, Any]]] = {}
    for row in rows:
        id_, found = row.id, made.setdefault(row.model, [])
        found += [
            {"kind": int(kind), "token": token, "record_id": id_} for kind, token in _tokens(row)
        ]
    for model, tokens in made.items():
        add(SearchToken, tokens, {"model": number_of(model)})


def _tokens(row: _Row) -> list[tuple[int, str]]:
    shape = shape_of(row.model)
    assert shape is not None
    texts = [value or "" for value in row.values]
    first = 1 if shape.title else 0
    middle = first + len(shape.texts)
    return tokens_of(texts[0] if shape.title else "", texts[first:middle], texts[middle:])
