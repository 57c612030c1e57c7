"""What a model's fields are, prepared once for all that writes and compares records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from core.data.fields import FieldMeta, every_field, own_fields, per_fields
from plugin_api.models import Base


@dataclass(frozen=True, slots=True)
class Shape:
    """A model's fields, prepared for checks."""

    metas: Mapping[str, FieldMeta]
    """By view name."""
    by_key: Mapping[str, FieldMeta]
    """By view name and by attribute."""
    currencies: frozenset[str]
    """View names of fields that say what currency an amount of the record is in."""
    unique: tuple[tuple[str, ...], ...]
    """Attributes that together are unique inside a company."""
    columns: tuple[tuple[str, str], ...]
    """View name and attribute of fields that have a column."""
    added: tuple[FieldMeta, ...]
    """Those that the company has added."""
    references: tuple[FieldMeta, ...]


_shapes: WeakKeyDictionary[type[Base], Shape] = WeakKeyDictionary()


def shape_of(model: type[Base]) -> Shape:
    """The shape of a model, for the current company."""
    found = per_fields(model, "shape", lambda: _shape(model, every_field(model)))
    if found is None:
        found = _shapes.get(model)
    if found is None:
        found = _shapes[model] = _shape(model, own_fields(model))
    return found


def _shape(model: type[Base], metas: Mapping[str, FieldMeta]) -> Shape:
    by_key = {meta.attribute: meta for meta in metas.values()} | dict(metas)
    named = {meta.currency_field for meta in metas.values() if meta.currency_field}
    currencies = frozenset(by_key[name].name for name in named if name in by_key)
    alone = ((name,) for name, meta in metas.items() if meta.custom is not None and meta.unique)
    return Shape(
        metas, by_key, currencies, (*_unique_groups(model), *alone),
        columns=tuple((m.name, m.attribute) for m in metas.values() if m.custom is None),
        added=tuple(m for m in metas.values() if m.custom is not None),
        references=tuple(m for m in metas.values() if m.kind == "reference"),
    )  # fmt: skip


def _unique_groups(model: type[Base]) -> tuple[tuple[str, ...], ...]:
    mapper, table = model.__mapper__, model.__table__
    assert isinstance(table, sa.Table)
    sets = [list(c.columns) for c in table.constraints if isinstance(c, sa.UniqueConstraint)]
    sets += [list(i.columns) for i in table.indexes if i.unique and not i.dialect_kwargs]
    groups = [
        tuple(mapper.get_property_by_column(column).key for column in columns) for columns in sets
    ]
    return tuple(
        tuple(key for key in group if key != "company_id")
        for group in sorted(groups)
        if set(group) != {"company_id", "id"}
    )
