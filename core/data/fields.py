"""What the host knows of a model's fields: description and column together, by name in views.

:func:`fields_of` and :func:`all_fields` answer for who acts: a field that the person may not read
is not there, one that they may not set is read-only. What is about the model itself, whoever
acts, asks :func:`every_field`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from core.access.fields import Limits, limits_of
from core.hosting import derive
from plugin_api.context import Text, current_actor_or_none, has_permission
from plugin_api.context import lazy_gettext as _
from plugin_api.models import Base, Choice, FieldInfo, ScaledDecimal
from plugin_api.models.fields import Kind, OnDelete

NUMERIC = frozenset({"integer", "decimal", "percent", "money"})
TEXTUAL = frozenset({"text", "longtext", "email", "phone", "url"})
KNOWN_TO_ALL = frozenset({"core.User", "core.Team"})
"""Models whose records everybody in the company knows by name."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False, weakref_slot=True)
class FieldMeta:
    """A field. ``required``: the column is never empty, though it may have a default."""

    name: str
    """As in views, REST and imports: a reference without ``_id``."""
    attribute: str
    """As on the class: ``account_id``."""
    column: sa.Column[Any]
    label: Text
    kind: Kind
    help: Text = ""
    choices: tuple[Choice, ...] = ()
    target: str | None = None
    on_delete: OnDelete = "restrict"
    required: bool = False
    readonly: bool = False
    unique: bool = False
    scale: int = 0
    """Decimal places of ``decimal`` and ``percent``."""
    currency_field: str | None = None
    minimum: int | None = None
    maximum: int | None = None
    narrow: Mapping[str, str] = field(default_factory=dict)
    length: int | None = None
    """Most characters of a text; None when there is no limit."""
    is_currency: bool = False
    """Whether the text is an ISO 4217 code."""

    @property
    def has_default(self) -> bool:
        """Whether a new record gets a value where none is given."""
        return self.column.default is not None or self.column.server_default is not None


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
_narrowed: WeakKeyDictionary[type[Base], dict[tuple[Limits, bool], _Fields]] = WeakKeyDictionary()


def every_field(model: type[Base]) -> Mapping[str, FieldMeta]:
    """The described fields of a model by name, in the order of the class."""
    found = _described.get(model)
    if found is None:
        infos = derive.fields_of(model)
        currencies = {info.currency_field for info in infos.values()} - {None}
        made = {name: _meta(model, name, info, currencies) for name, info in infos.items()}
        found = _described[model] = MappingProxyType(made)
    return found


def fields_of(model: type[Base]) -> Mapping[str, FieldMeta]:
    """Those of them that the actor may read."""
    limits = limits_of(model, current_actor_or_none())
    every = every_field(model)
    return every if limits is None else _within(limits, model, every, system=False)


def all_fields(model: type[Base]) -> Mapping[str, FieldMeta]:
    """The same and those of :data:`SYSTEM`: what a list may be asked for."""
    found = _everything.get(model)
    if found is None:
        columns = model.__mapper__.columns
        made = dict(every_field(model))
        for name, (kind, label) in _SYSTEM.items():
            if name in columns and name not in made:
                made[name] = FieldMeta(
                    name=name, attribute=name, column=columns[name], label=label, kind=kind,
                    required=True, readonly=True,
                )  # fmt: skip
        found = _everything[model] = MappingProxyType(made)
    limits = limits_of(model, current_actor_or_none())
    return found if limits is None else _within(limits, model, found, system=True)


def hidden_of(model: type[Base]) -> frozenset[str]:
    """Those of the fields that the actor may not read."""
    limits = limits_of(model, current_actor_or_none())
    return frozenset() if limits is None else limits.hidden


def _within(limits: Limits, model: type[Base], every: _Fields, *, system: bool) -> _Fields:
    """Kept, since other things are remembered by field."""
    known = _narrowed.setdefault(model, {})
    found = known.get((limits, system))
    if found is None:
        found = known[limits, system] = MappingProxyType(
            {
                name: replace(meta, readonly=True) if name in limits.kept else meta
                for name, meta in every.items()
                if name not in limits.hidden
            }
        )
    return found


def knows(model_key: str) -> bool:
    """Whether the actor may learn what records of a model are called."""
    return model_key in KNOWN_TO_ALL or has_permission(f"{model_key}.read")


def column_of(entity: Any, meta: FieldMeta) -> sa.ColumnElement[Any]:
    """The field on the class or on an alias of it."""
    column: sa.ColumnElement[Any] = getattr(entity, meta.attribute)
    return column


def _meta(model: type[Base], name: str, info: FieldInfo, currencies: set[str | None]) -> FieldMeta:
    attribute = f"{name}_id" if info.kind == "reference" else name
    column = model.__mapper__.columns[attribute]
    length = None
    if isinstance(column.type, sa.String) and not isinstance(column.type, sa.Text):
        length = column.type.length
    return FieldMeta(
        name=name,
        attribute=attribute,
        column=column,
        label=info.label,
        kind=info.kind,
        help=info.help,
        choices=info.choices,
        target=info.target,
        on_delete=info.on_delete,
        required=not column.nullable,
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
