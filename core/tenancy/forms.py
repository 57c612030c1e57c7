"""How rows of a model are written without objects, worked out once a model and database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from plugin_api.models import CompanyModel
from plugin_api.models.types import RowId

STAMPED = frozenset({"company_id", "created_by", "updated_by"})
"""Columns that the session fills, whatever a row says."""
TIMED = frozenset({"created_at", "updated_at"})
"""Columns that it fills where a row says nothing."""
Default = Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Form:
    """Columns of a table by name, those of the stamp left out where not said otherwise."""

    table: str
    """As it is written in a statement."""
    names: tuple[str, ...]
    columns: Mapping[str, str]
    """As they are written in a statement, those of the stamp too."""
    processes: Mapping[str, Callable[[Any], Any] | None]
    """What makes of a value what the driver takes."""
    types: Mapping[str, str]
    shorts: Mapping[str, str]
    """What they are called where rows are JSON."""
    fallen: Mapping[str, Default]
    """Those that are never empty, and what stands in them instead: the same in all rows."""
    defaults: Mapping[str, Default]
    """Others that have a value in a row that says nothing of them: one of its own."""
    stamped: tuple[str, ...]
    timed: frozenset[str]
    numbered: bool
    """Whether the database gives an id to what has none."""
    texts: dict[bool, str] = field(default_factory=dict)
    """Statements: with ids, and without."""

    def fallbacks(self) -> dict[str, Any]:
        """What stands in columns that are never empty."""
        return {name: default() for name, default in self.fallen.items()}

    def plain(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """A row as JSON. Raises KeyError for what is no column of it."""
        shorts, processes, made = self.shorts, self.processes, {}
        for name, value in row.items():
            if value is not None:
                process = processes[name]
                made[shorts[name]] = value if process is None else process(value)
            elif name not in processes:
                raise KeyError(name)
        return made


_forms: WeakKeyDictionary[type[CompanyModel], dict[str, Form | None]] = WeakKeyDictionary()


def form_of(model: type[CompanyModel], dialect: sa.Dialect) -> Form | None:
    """How rows of a model are written; None where only objects can be."""
    known = _forms.setdefault(model, {})
    if dialect.name not in known:
        known[dialect.name] = _made(model, dialect)
    return known[dialect.name]


def _made(model: type[CompanyModel], dialect: sa.Dialect) -> Form | None:
    table, mapper = model.__table__, model.__mapper__
    if not isinstance(table, sa.Table) or not issubclass(model, CompanyModel):
        return None
    if mapper.inherits is not None or not all(_is_plain(mapper, each) for each in table.columns):
        return None
    columns = [each for each in table.columns if each.name not in STAMPED]
    named = {each.name: _default(each.default) for each in columns if each.default is not None}
    same = {
        each.name
        for each in columns
        if each.default is not None
        and not each.nullable
        and (each.default.is_scalar or isinstance(each.type, sa.JSON))
    }
    fallen = {name: default for name, default in named.items() if name in same}
    if mapper.version_id_col is not None:
        fallen[mapper.version_id_col.name] = lambda: 1
    return Form(
        table=dialect.identifier_preparer.format_table(table),
        names=tuple(each.name for each in columns),
        columns={each.name: dialect.identifier_preparer.format_column(each)
                 for each in table.columns},
        processes={each.name: _process(each, dialect) for each in table.columns
                   if each.name not in STAMPED},
        types={each.name: _type(each, dialect) for each in columns},
        shorts={each.name: f"c{i}" for i, each in enumerate(columns)},
        fallen=fallen,
        defaults={n: default for n, default in named.items() if n not in fallen and n not in TIMED},
        stamped=tuple(each.name for each in table.columns if each.name in STAMPED),
        timed=frozenset(each.name for each in columns) & TIMED,
        numbered="id" in table.c and isinstance(table.c.id.type, RowId),
    )  # fmt: skip


def _is_plain(mapper: sa.orm.Mapper[Any], column: sa.Column[Any]) -> bool:
    """Whether a column is filled with a value of Python that JSON can hold."""
    default = column.default
    return (
        mapper.get_property_by_column(column).key == column.name
        and column.computed is None
        and not isinstance(column.type, sa.LargeBinary)
        and (default is None or default.is_scalar or default.is_callable)
        and (default is not None or column.server_default is None)
    )


def _process(column: sa.Column[Any], dialect: sa.Dialect) -> Callable[[Any], Any] | None:
    if isinstance(column.type, sa.JSON) and dialect.name == "postgresql":
        return None  # It stands in the JSON of the row as it is.
    if type(column.type) is sa.Date and dialect.name == "postgresql":
        return dt.date.isoformat
    return column.type.dialect_impl(dialect).bind_processor(dialect)


def _default(default: Any) -> Default:
    arg = default.arg
    return (lambda: arg) if default.is_scalar else (lambda: arg(None))


def _type(column: sa.Column[Any], dialect: sa.Dialect) -> str:
    """A type of the same kind without its length, which the table itself asks for."""
    kind = column.type.dialect_impl(dialect)
    if isinstance(getattr(kind, "impl_instance", kind), sa.String):
        return "TEXT"
    return str(dialect.type_compiler_instance.process(column.type))
