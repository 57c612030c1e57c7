"""What the host knows of a model's fields: description and column together, by name in views.

:func:`fields_of` and :func:`all_fields` answer for who acts: a field that the person may not read
is not there, one that they may not set is read-only. What is about the records themselves,
whoever acts, asks :func:`every_field`; what is about the class, :func:`own_fields`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from core.access.fields import Limits, limits_of
from core.custom import metas, stored
from core.data import masks
from core.data.meta import FieldMeta
from core.hosting import derive
from plugin_api.context import Text, current_actor_or_none, has_permission
from plugin_api.context import lazy_gettext as _
from plugin_api.masking import MASKABLE
from plugin_api.models import Base, FieldInfo, ScaledDecimal
from plugin_api.models.fields import Kind

__all__ = [
    "KNOWN_TO_ALL", "NUMERIC", "SYSTEM", "TEXTUAL", "FieldMeta", "all_fields", "column_of",
    "every_field", "fields_of", "guarded_of", "hidden_of", "known_fields", "knows", "make",
    "masked_of", "own_fields", "per_fields", "put", "value_in", "value_of",
]  # fmt: skip

T = TypeVar("T")
M = TypeVar("M", bound=Base)

NUMERIC = frozenset({"integer", "decimal", "percent", "money"})
TEXTUAL = frozenset({"text", "longtext", "email", "phone", "url"})
KNOWN_TO_ALL = frozenset({"core.User", "core.Team"})
"""Models whose records everybody in the company knows by name."""


_SYSTEM: Mapping[str, tuple[Kind, Text]] = {
    "id": ("integer", _("ID")),
    "version": ("integer", _("Version")),
    "created_at": ("instant", _("Created")),
    "updated_at": ("instant", _("Last changed")),
}
SYSTEM = tuple(_SYSTEM)
"""Fields that every record has and nobody enters."""

_Fields = Mapping[str, FieldMeta]
_described: WeakKeyDictionary[type[Base], _Fields] = WeakKeyDictionary()
_everything: WeakKeyDictionary[type[Base], _Fields] = WeakKeyDictionary()
_narrowed: WeakKeyDictionary[type[Base], dict[tuple[Limits, str], _Fields]] = WeakKeyDictionary()


def every_field(model: type[Base]) -> Mapping[str, FieldMeta]:
    """The described fields of a model by name, in the order of the class; after them those
    that the current company has added. Whoever acts."""
    return _with_custom(model, "fields", own_fields)


def fields_of(model: type[Base]) -> Mapping[str, FieldMeta]:
    """Those of them that the actor may read."""
    limits, every = limits_of(model, current_actor_or_none()), every_field(model)
    return every if limits is None else _within(limits, model, every, "fields")


def all_fields(model: type[Base]) -> Mapping[str, FieldMeta]:
    """The same and those of :data:`SYSTEM`: what a list may be asked for."""
    limits, every = limits_of(model, current_actor_or_none()), _with_custom(model, "all", _all)
    return every if limits is None else _within(limits, model, every, "all")


def known_fields(model: type[Base]) -> Mapping[str, FieldMeta]:
    """Those that the actor may read, archived custom ones too: what a history tells of."""
    gone, partly = hidden_of(model), masked_of(model)
    added = {
        meta.name: replace(meta, masked=True) if meta.name in partly else meta
        for meta in metas.every(model)
        if meta.name not in gone
    }
    return {**added, **fields_of(model)}


def hidden_of(model: type[Base]) -> frozenset[str]:
    """Those of the fields that the actor may not read."""
    limits = limits_of(model, current_actor_or_none())
    if limits is None:
        return frozenset()
    if not limits.masked:
        return limits.hidden
    # What is no text any more, after a company has changed its kind, cannot be masked.
    metas = {meta.name: meta for meta in metas_of(model)}
    bare = {n for n in limits.masked if n in metas and metas[n].kind not in MASKABLE}
    return limits.hidden | bare


def masked_of(model: type[Base]) -> frozenset[str]:
    """Those of which the actor sees only a part."""
    limits = limits_of(model, current_actor_or_none())
    return frozenset() if limits is None else limits.masked


def guarded_of(model: type[Base]) -> frozenset[str]:
    """Those that the actor may not read, or only in part: no condition that is asked of what is
    stored may name them."""
    return hidden_of(model) | masked_of(model)


def metas_of(model: type[Base]) -> tuple[FieldMeta, ...]:
    """All fields, archived custom ones too, whoever acts."""
    return (*own_fields(model).values(), *metas.every(model))


def own_fields(model: type[Base]) -> Mapping[str, FieldMeta]:
    """The fields that the class describes."""
    found = _described.get(model)
    if found is None:
        infos = derive.fields_of(model)
        currencies = {info.currency_field for info in infos.values()} - {None}
        made = {name: _meta(model, name, info, currencies) for name, info in infos.items()}
        found = _described[model] = MappingProxyType(made)
    return found


def per_fields(model: type[Base], kind: str, make: Callable[[], T]) -> T | None:
    """What is made of a model's fields, kept as long as they last; None for a model whose fields
    are the same for every company, of which the caller keeps it."""
    held = metas.held(model)
    if held is None:
        return None
    if kind not in held:
        held[kind] = make()
    found: T = held[kind]
    return found


def _within(limits: Limits, model: type[Base], every: _Fields, kind: str) -> _Fields:
    """Kept, since other things are remembered by field."""
    held = metas.held(model)
    known = _narrowed.setdefault(model, {}) if held is None else held.setdefault("narrowed", {})
    found: _Fields | None = known.get((limits, kind))
    if found is None:
        found = known[limits, kind] = MappingProxyType(
            {
                name: _narrow(meta, limits)
                for name, meta in every.items()
                if name not in limits.hidden
                and (name not in limits.masked or meta.kind in MASKABLE)
            }
        )
    return found


def _narrow(meta: FieldMeta, limits: Limits) -> FieldMeta:
    kept, masked = meta.name in limits.kept, meta.name in limits.masked
    if not (kept or masked):
        return meta
    return replace(meta, readonly=meta.readonly or kept, masked=masked)


def _with_custom(model: type[Base], kind: str, own: Callable[[type[Base]], _Fields]) -> _Fields:
    added = per_fields(model, kind, lambda: MappingProxyType({**own(model), **metas.active(model)}))
    return own(model) if added is None else added


def _all(model: type[Base]) -> _Fields:
    found = _everything.get(model)
    if found is None:
        columns = model.__mapper__.columns
        made = dict(own_fields(model))
        for name, (kind, label) in _SYSTEM.items():
            if name in columns and name not in made:
                made[name] = FieldMeta(
                    name=name, attribute=name, type=columns[name].type, label=label, kind=kind,
                    required=True, nullable=False, readonly=True,
                )  # fmt: skip
        found = _everything[model] = MappingProxyType(made)
    return found


def knows(model_key: str) -> bool:
    """Whether the actor may learn what records of a model are called."""
    return model_key in KNOWN_TO_ALL or has_permission(f"{model_key}.read")


def column_of(entity: Any, meta: FieldMeta) -> sa.ColumnElement[Any]:
    """The field on the class or on an alias of it; of one that is masked, what is shown."""
    column: sa.ColumnElement[Any]
    if meta.custom is not None:
        column = stored.custom_value(entity.custom, meta.name, meta.type)
    else:
        column = getattr(entity, meta.attribute)
    return masks.column(meta.kind, column) if meta.masked else column


def value_of(record: Any, meta: FieldMeta) -> Any:
    """What a record holds in a field; of one that is masked, what is shown."""
    if meta.custom is not None:
        return value_in(record.custom, meta)
    held = getattr(record, meta.attribute)
    return masks.value(meta.kind, held) if meta.masked else held


def value_in(custom: Mapping[str, Any] | None, meta: FieldMeta) -> Any:
    """What stands in a ``custom`` column for a custom field."""
    held = stored.from_json(meta.kind, meta.scale, (custom or {}).get(meta.name))
    return masks.value(meta.kind, held) if meta.masked else held


def put(record: Any, meta: FieldMeta, value: Any) -> None:
    """Set a field of a record."""
    if meta.custom is None:
        setattr(record, meta.attribute, value)
        return
    # Another dictionary, or the session would not see the change.
    kept = dict(record.custom or {})
    kept.pop(meta.name, None)
    if value is not None:
        kept[meta.name] = stored.to_json(meta.kind, meta.scale, value)
    record.custom = kept


def make(model: type[M], values: Mapping[str, Any]) -> M:
    """A record of values by view name."""
    known = fields_of(model)
    record = model(**{known[n].attribute: v for n, v in values.items() if known[n].custom is None})
    for name, value in values.items():
        if known[name].custom is not None:
            put(record, known[name], value)
    return record


def _default(column: sa.Column[Any]) -> Callable[[], Any] | None:
    default: Any = column.default
    if default is None or not (default.is_scalar or default.is_callable):
        return None
    arg = default.arg
    return (lambda: arg) if default.is_scalar else (lambda: arg(None))


def _meta(model: type[Base], name: str, info: FieldInfo, currencies: set[str | None]) -> FieldMeta:
    attribute = f"{name}_id" if info.kind == "reference" else name
    column = model.__mapper__.columns[attribute]
    length = None
    if isinstance(column.type, sa.String) and not isinstance(column.type, sa.Text):
        length = column.type.length
    return FieldMeta(
        name=name,
        attribute=attribute,
        type=column.type,
        label=info.label,
        kind=info.kind,
        help=info.help,
        offered=info.choices,
        target=info.target,
        on_delete=info.on_delete,
        required=not column.nullable,
        nullable=bool(column.nullable),
        default=_default(column),
        has_default=column.default is not None or column.server_default is not None,
        readonly=info.readonly,
        unique=info.unique,
        scale=column.type.scale if isinstance(column.type, ScaledDecimal) else info.scale,
        currency_field=info.currency_field,
        minimum=info.minimum,
        maximum=info.maximum,
        narrow=info.narrow,
        length=length,
        is_currency=name in currencies or (length == 3 and name.endswith("currency")),
    )
