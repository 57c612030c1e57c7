"""How a value stands in the ``custom`` column, and how SQL reads it there.

Numbers are integers of the smallest step, dates and instants (UTC) texts whose order is that
of time, so that both databases compare, sort and add them as they do ordinary columns.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.visitors import InternalTraversal

from plugin_api.models import ScaledDecimal, UTCDateTime

TEXT_LENGTH = 200
LONGTEXT_LENGTH = 20_000
_INSTANT = "%Y-%m-%d %H:%M:%S.%f"


def type_of(kind: str, scale: int) -> sa.types.TypeEngine[Any]:
    """The type that SQL gives a value of a kind."""
    if kind in ("decimal", "percent"):
        return ScaledDecimal(scale)
    made: dict[str, sa.types.TypeEngine[Any]] = {
        "integer": sa.BigInteger(), "money": sa.BigInteger(), "reference": sa.BigInteger(),
        "boolean": sa.Boolean(), "date": sa.Date(), "instant": UTCDateTime(),
        "longtext": sa.Text(), "choices": sa.Text(),
    }  # fmt: skip
    return made.get(kind, sa.String(TEXT_LENGTH))


_DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_MOMENT = "^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:.]{15}$"
_GLOBS: Mapping[type[Any], str] = {
    sa.Date: "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]",
    UTCDateTime: "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] ??:??:??.??????",
}


def to_json(kind: str, scale: int, value: Any) -> Any:
    """The value as it is stored."""
    if kind in ("decimal", "percent"):
        step = Decimal(1).scaleb(-scale)
        return int(Decimal(value).quantize(step, ROUND_HALF_UP).scaleb(scale))
    if kind == "instant":
        return value.astimezone(dt.UTC).strftime(_INSTANT)
    return value.isoformat() if kind == "date" else value


def from_json(kind: str, scale: int, held: Any) -> Any:
    """The value that is stored; None for one of another type."""
    if not fits(kind, held):
        return None
    if kind in ("decimal", "percent"):
        return Decimal(held).scaleb(-scale)
    if kind == "instant":
        return dt.datetime.strptime(held, _INSTANT).replace(tzinfo=dt.UTC)
    return dt.date.fromisoformat(held) if kind == "date" else held


def fits(kind: str, held: Any) -> bool:
    """Whether what is stored is of a kind. Somebody who saves while the type of a field is
    changed may leave a value of the former type: to everybody it is as if it were not there."""
    if kind in ("integer", "money", "decimal", "percent", "reference"):
        return isinstance(held, int) and not isinstance(held, bool)
    if kind == "boolean":
        return isinstance(held, bool)
    if kind == "date":
        return isinstance(held, str) and re.match(_DAY, held) is not None
    if kind == "instant":
        return isinstance(held, str) and re.match(_MOMENT, held) is not None
    return isinstance(held, str)


class custom_value(FunctionElement[Any]):  # noqa: N801
    """A value out of the ``custom`` column as one of its type.

    Its name stands in the text of the statement, so that PostgreSQL takes two of the same for
    the same where it groups.
    """

    inherit_cache = True
    name = "custom_value"
    _traverse_internals: ClassVar[list[Any]] = [  # type: ignore[misc]
        *FunctionElement._traverse_internals,
        ("type", InternalTraversal.dp_type),
    ]

    def __init__(self, column: Any, name: str, type_: sa.types.TypeEngine[Any]) -> None:
        if not name.replace("_", "").isalnum() or not name.isascii():
            raise ValueError(name)
        super().__init__(column, sa.literal_column(f"'{name}'"))
        self.type = type_


@compiles(custom_value, "sqlite")
def _on_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    column, path = _sqlite(element, compiler, kw)
    text, type_ = f"json_extract({column}, {path})", f"json_type({column}, {path})"
    kind = element.type
    if isinstance(kind, sa.BigInteger | ScaledDecimal):
        return f"CASE {type_} WHEN 'integer' THEN {text} END"
    if isinstance(kind, sa.Boolean):
        return f"CASE WHEN {type_} IN ('true', 'false') THEN {text} END"
    if isinstance(kind, UTCDateTime | sa.Date):
        return f"CASE WHEN {text} GLOB '{_GLOBS[type(kind)]}' THEN {text} END"
    return type_ if isinstance(kind, sa.JSON) else f"CASE {type_} WHEN 'text' THEN {text} END"


@compiles(custom_value, "postgresql")
def _on_postgresql(element: Any, compiler: Any, **kw: Any) -> str:
    column, name = element.clauses
    source = compiler.process(column, **kw)
    text, type_ = f"({source} ->> {name.name})", f"jsonb_typeof({source} -> {name.name})"
    kind = element.type
    if isinstance(kind, sa.BigInteger | ScaledDecimal):
        return f"CASE {type_} WHEN 'number' THEN {text}::bigint END"
    if isinstance(kind, sa.Boolean):
        return f"CASE {type_} WHEN 'boolean' THEN {text}::boolean END"
    if isinstance(kind, sa.Date):
        return f"CASE WHEN {text} ~ '{_DAY}' THEN {text}::date END"
    if isinstance(kind, UTCDateTime):
        return f"CASE WHEN {text} ~ '{_MOMENT}' THEN {text}::timestamp AT TIME ZONE 'UTC' END"
    return type_ if isinstance(kind, sa.JSON) else f"CASE {type_} WHEN 'string' THEN {text} END"


class _Changed(FunctionElement[Any]):
    """A ``custom`` column with a value changed."""

    inherit_cache = True

    def __init__(self, column: Any, *names: str, value: str | None = None) -> None:
        held = () if value is None else (sa.literal(value, sa.Text()),)
        super().__init__(column, *(sa.literal_column(f"'{name}'") for name in names), *held)


class custom_without(_Changed):  # noqa: N801
    """... without a value of a name."""

    inherit_cache = True
    name = "custom_without"


class custom_with(_Changed):  # noqa: N801
    """... with a value, given as JSON text, under a name."""

    inherit_cache = True
    name = "custom_with"


class custom_moved(_Changed):  # noqa: N801
    """... with the value of the first name under the second."""

    inherit_cache = True
    name = "custom_moved"


@compiles(custom_without, "sqlite")
def _without_on_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    return "json_remove({}, {})".format(*_sqlite(element, compiler, kw))


@compiles(custom_without, "postgresql")
def _without_on_postgresql(element: Any, compiler: Any, **kw: Any) -> str:
    column, name = (compiler.process(each, **kw) for each in element.clauses)
    return f"({column} - {name})"


@compiles(custom_with, "sqlite")
def _with_on_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    column, path, value = _sqlite(element, compiler, kw)
    return f"json_set({column}, {path}, json({value}))"


@compiles(custom_with, "postgresql")
def _with_on_postgresql(element: Any, compiler: Any, **kw: Any) -> str:
    column, name, value = (compiler.process(each, **kw) for each in element.clauses)
    return f"jsonb_set({column}, ARRAY[{name}], ({value})::jsonb)"


@compiles(custom_moved, "sqlite")
def _moved_on_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    column, source, to = _sqlite(element, compiler, kw)
    return f"json_set(json_remove({column}, {source}), {to}, json({column} -> {source}))"


@compiles(custom_moved, "postgresql")
def _moved_on_postgresql(element: Any, compiler: Any, **kw: Any) -> str:
    column, source, to = (compiler.process(each, **kw) for each in element.clauses)
    return f"jsonb_set({column} - {source}, ARRAY[{to}], {column} -> {source})"


def _sqlite(element: Any, compiler: Any, kw: Any) -> list[str]:
    """Arguments as SQLite takes them: names as paths."""
    return [
        f"'$.{each.name[1:-1]}'"
        if isinstance(each, sa.ColumnClause) and each.is_literal
        else compiler.process(each, **kw)
        for each in element.clauses
    ]
