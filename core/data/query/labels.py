"""What references are called: the titles of their targets, joined to the statement."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from core.data.fields import FieldMeta, all_fields, column_of, knows
from core.data.titles import key_column
from plugin_api.models import Base, model_of


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference in a row: the record's id and what it is called."""

    id: int
    label: str


@dataclass(frozen=True, slots=True, eq=False)
class Label:
    """The target of a reference as it is joined, and the column that names it."""

    target: type[Base]
    entity: Any
    """An alias: two references of a row may have the same target."""
    on: sa.ColumnElement[bool]
    column: sa.ColumnElement[Any]
    order: sa.ColumnElement[Any]
    """What records are sorted by in its place."""

    def ref(self, id_: int | None, title: Any) -> Ref | None:
        """The reference in a row."""
        return None if id_ is None else Ref(id_, title_text(self.target, title, id_))


_known: WeakKeyDictionary[FieldMeta, dict[type[Base], Label | None]] = WeakKeyDictionary()
_inner: WeakKeyDictionary[type[Base], Any] = WeakKeyDictionary()


def inner_of(target: type[Base]) -> Any:
    """An alias for a subquery about a target. Kept, since making one takes milliseconds."""
    found = _inner.get(target)
    if found is None:
        found = _inner[target] = aliased(target)
    return found


def label_of(model: type[Base], meta: FieldMeta) -> Label | None:
    """How a reference gets its name; None when the actor may not learn it, or there is none."""
    if meta.target is None or not knows(meta.target):
        return None
    known = _known.setdefault(meta, {})
    if model not in known:
        known[model] = _label(model, meta)
    return known[model]


def title_of(model: type[Base], row: Mapping[str, Any]) -> str:
    """What names a row of :func:`~core.data.query.run` to people."""
    value = row.get(model.__title__)
    return value.label if isinstance(value, Ref) else title_text(model, value, row["id"])


def title_text(model: type[Base], value: Any, id_: int) -> str:
    """The value of a title in words; ``#12`` when it is empty."""
    return titles_of(model)(value, id_)


def titles_of(model: type[Base]) -> Callable[[Any, int], str]:
    """A function from the value of a title, and the record's id, to words."""
    meta = all_fields(model).get(model.__title__)
    words = {choice.value: str(choice.label) for choice in meta.choices} if meta else {}

    def told(value: Any, id_: int) -> str:
        if value is None or value == "":
            return f"#{id_}"
        return words.get(value) or str(value)

    return told


def _label(model: type[Base], meta: FieldMeta) -> Label | None:
    try:
        target = model_of(meta.target or "")
    except LookupError:
        # Its plugin could not be loaded.
        return None
    if target.__title__ not in target.__mapper__.column_attrs:
        return None
    entity: Any = aliased(target, name=f"{meta.name}_ref")
    here: Any = model
    # The pair, so that the key of the target serves the join.
    on = sa.and_(entity.company_id == here.company_id, entity.id == column_of(model, meta))
    column = getattr(entity, target.__title__)
    order = key_column(entity)
    return Label(target, entity, on, column, column if order is None else order)
