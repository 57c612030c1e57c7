"""The order of a list, and how a page goes on where the last one ended.

A page starts after the sort values of the last row seen (keyset), so that the thousandth page
costs what the first one does, and rows that come or go in between move nothing. Empty values
come last in either direction, on both databases.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from core.custom import beside
from core.custom.models import CustomValue
from core.data.fields import FieldMeta, column_of
from core.data.numbers import LARGEST, steps
from core.data.query.labels import Label, label_of
from core.data.texts import storable
from core.data.titles import key_column
from plugin_api.context import gettext
from plugin_api.models import Base, ScaledDecimal
from plugin_api.models.base import TITLE_KEY

UNSORTABLE = frozenset({"longtext", "json", "choices"})
LONGEST_CURSOR = 8000
_labels: WeakKeyDictionary[FieldMeta, dict[type[Base], Label]] = WeakKeyDictionary()


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Key:
    """One of the values that rows are sorted by."""

    name: str
    expression: sa.ColumnElement[Any]
    descending: bool
    nullable: bool
    label: Label | None = None
    """The join that the expression needs."""
    column: sa.ColumnElement[Any] | None = None
    """A column that sorts alike where it is not empty, and that an index may serve."""
    blank: bool = False
    """Whether the column is empty as a text, not as null."""
    row: sa.ColumnElement[Any] | None = None
    """The record's id in the index that serves the column, when it is of another table: the label
    joins it."""

    @property
    def is_empty(self) -> sa.ColumnElement[bool]:
        """Whether the column holds nothing."""
        assert self.column is not None
        return self.column == sa.literal_column("''") if self.blank else self.column.is_(None)

    @property
    def signed(self) -> str:
        """As in the argument: ``-amount``."""
        return f"-{self.name}" if self.descending else self.name

    def literal(self, value: Any) -> sa.ColumnElement[Any]:
        """A value of this key as a parameter of its type."""
        return sa.literal(value, self.expression.type)


def keys_of(
    model: type[Base],
    names: Sequence[str],
    metas: Mapping[str, FieldMeta],
    filled: frozenset[str] = frozenset(),
) -> tuple[Key, ...]:
    """Keys of ``-amount, name``; the id decides between equal rows, in the last direction.

    ``filled`` are fields that the filters let no empty value pass of.
    """
    made: list[Key] = []
    for name in names:
        meta = metas[name.removeprefix("-")]
        made.append(_key(model, meta, name.startswith("-"), meta.name in filled))
        if meta.name == "id":
            return tuple(made)
    last = made[-1].descending if made else False
    return (*made, _key(model, metas["id"], last, True))


def order_by(keys: Iterable[Key]) -> list[sa.ColumnElement[Any]]:
    """The clauses of ORDER BY."""
    made: list[sa.ColumnElement[Any]] = []
    for key in keys:
        clause = key.expression.desc() if key.descending else key.expression.asc()
        made.append(clause.nulls_last() if key.nullable else clause)
    return made


def after(keys: Sequence[Key], values: Sequence[Any]) -> sa.ColumnElement[bool]:
    """Rows that come after the one with these values."""
    if len({key.descending for key in keys}) == 1 and not any(key.nullable for key in keys):
        # Compared as one, both databases walk an index from here on.
        here = sa.tuple_(*(key.expression for key in keys))
        there = sa.tuple_(*(k.literal(v) for k, v in zip(keys, values, strict=True)))
        return here < there if keys[0].descending else here > there
    found: list[sa.ColumnElement[bool]] = []
    equal: list[sa.ColumnElement[bool]] = []
    for key, value in zip(keys, values, strict=True):
        beyond = _beyond(key, value)
        if beyond is not None:
            found.append(sa.and_(*equal, beyond))
        is_empty = key.expression.is_(None)
        equal.append(is_empty if value is None else key.expression == key.literal(value))
    return sa.or_(*found)


def write_cursor(keys: Sequence[Key], values: Sequence[Any]) -> str:
    """An opaque text that says where a page ended."""
    held = {"s": ",".join(key.signed for key in keys), "v": [_plain(value) for value in values]}
    text = json.dumps(held, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(keys: Sequence[Key], text: str) -> tuple[Any, ...]:
    """The values that :func:`write_cursor` was given. Raises ValueError in words."""
    held = _unpacked(text)
    if held["s"] != ",".join(key.signed for key in keys):
        raise ValueError(
            gettext("This place belongs to a list in another order. Start again without it.")
        )
    if len(held["v"]) != len(keys):
        raise _broken()
    return tuple(_typed(key, value) for key, value in zip(keys, held["v"], strict=True))


def _key(model: type[Base], meta: FieldMeta, descending: bool, filled: bool) -> Key:
    expression, label = column_of(model, meta), None
    nullable, blank = meta.nullable and not filled, False
    column: sa.ColumnElement[Any] | None = expression
    if meta.name == model.__title__:
        key = key_column(model)
        if key is not None:
            expression, blank = key, True
            column = getattr(model, TITLE_KEY)
    elif beside.serves(meta) and meta.kind not in ("reference", "choice"):
        entity = beside.entity_of(meta)
        label, expression = _beside(model, meta), beside.column(meta, entity)
        return Key(
            name=meta.name, expression=expression, descending=descending, nullable=True,
            label=label, column=expression, row=entity.record_id,
        )  # fmt: skip
    elif meta.kind == "reference":
        label = label_of(model, meta)
        if label is not None:
            expression, nullable, column = label.order, True, None
    elif meta.kind == "choice":
        # People expect the order in which the choices are declared: low, middle, high.
        whens = [(expression == choice.value, i) for i, choice in enumerate(meta.choices)]
        expression, column = sa.case(*whens, (expression.is_not(None), len(whens))), None
    return Key(
        name=meta.name, expression=expression, descending=descending, nullable=nullable,
        label=label, column=column, blank=blank,
    )  # fmt: skip


def _beside(model: type[Base], meta: FieldMeta) -> Label:
    """The join to where values of a custom field stand beside the records; the same each time, for
    statements are told apart by it."""
    known = _labels.setdefault(meta, {})
    if model not in known:
        entity = beside.entity_of(meta)
        value = beside.column(meta, entity)
        known[model] = Label(CustomValue, entity, beside.on(model, meta, entity), value, value)
    return known[model]


def _beyond(key: Key, value: Any) -> sa.ColumnElement[bool] | None:
    """Rows whose key comes after the value; None when nothing does."""
    if value is None:
        return None
    literal = key.literal(value)
    found = key.expression < literal if key.descending else key.expression > literal
    return found | key.expression.is_(None) if key.nullable else found


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _unpacked(text: str) -> dict[str, Any]:
    try:
        if len(text) > LONGEST_CURSOR:
            raise _broken()
        raw = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), b"-_", True)
        held = json.loads(raw)
    except (ValueError, RecursionError, binascii.Error):
        raise _broken() from None
    if not isinstance(held, dict) or not isinstance(held.get("v"), list) or "s" not in held:
        raise _broken()
    return held


def _typed(key: Key, value: Any) -> Any:
    """A value of the cursor as the key's column wants it."""
    if value is None:
        if not key.nullable:
            raise _broken()
        return None
    type_ = key.expression.type
    stored = type_.impl_instance if isinstance(type_, sa.types.TypeDecorator) else type_
    wanted = Decimal if isinstance(type_, ScaledDecimal) else stored.python_type
    try:
        if wanted in (bool, int) and type(value) is wanted and abs(value) <= LARGEST:
            return value
        if isinstance(value, str):
            return _parsed(wanted, type_, storable(value))
    except (ValueError, OverflowError, InvalidOperation):
        pass
    raise _broken()


def _parsed(wanted: type[Any], type_: Any, text: str) -> Any:
    if wanted is str:
        return text
    if wanted is Decimal:
        value = Decimal(text)
        steps(value, type_.scale)
        return value
    if wanted is datetime:
        return datetime.fromisoformat(text).astimezone(UTC)
    if wanted is date:
        return date.fromisoformat(text)
    raise ValueError(text)


def _broken() -> ValueError:
    return ValueError(gettext("This is no place in the list. Start again without it."))
