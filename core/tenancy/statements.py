"""Which statements a company's session may run. Looks at statements, runs none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql import dml, elements, selectable, visitors
from sqlalchemy.sql import util as sql_util
from sqlalchemy.sql.cache_key import NO_CACHE

from core.tenancy.errors import WallError
from core.tenancy.models import Company
from plugin_api.models import CompanyModel, SharedModel

_OVERLOOKED = (
    elements.Over,
    elements.FunctionFilter,
    elements.WithinGroup,
    elements.Extract,
    elements.BooleanClauseList,
)
"""Expressions inside which the ORM does not look for classes."""
MOST_KNOWN = 20_000
_PLAIN = re.compile(r"\*|[\w.]+")
_known: set[Any] = set()
"""Cache keys of statements that were found sound; the key holds the shape, not the values."""


def check(statement: Any) -> None:
    """Raise WallError for text, Core tables and classes that no wall covers."""
    key = statement._generate_cache_key()
    known = None if key is None or key.key is NO_CACHE else key.key
    if known is not None and known in _known:
        return
    for element in visitors.iterate(statement):
        reason = _fault(element)
        if reason:
            raise WallError(f"a company's session does not run this statement: {reason}")
    if known is not None:
        if len(_known) >= MOST_KNOWN:
            _known.clear()
        _known.add(known)


def _fault(element: Any) -> str:
    if isinstance(element, elements.TextClause):
        return f"text {str(element)[:60]!r}"
    if isinstance(element, elements.ColumnClause) and element.is_literal:
        return "" if _PLAIN.fullmatch(element.name) else f"text {element.name[:60]!r}"
    if isinstance(element, elements.ColumnClause):
        return _fault_of_table(element.table, element)
    if isinstance(element, sa.Select):
        joined = [setup[0] for setup in element._setup_joins]
        sources = [*element._raw_columns, *element._from_obj, *joined]
        return next(filter(None, map(_fault_of_source, sources)), "") or _fault_of_columns(element)
    if isinstance(element, dml.UpdateBase):
        return _fault_of_table(element.table, element.table)
    return ""


def _fault_of_columns(select: Any) -> str:
    """Of an expression's classes the ORM narrows only the first it meets, unless the others
    are joined, selected from, or stand in the condition."""
    named = {
        entity
        for element in (*select._from_obj, *select._where_criteria)
        for entity in _entities(element)
    }
    for target, condition, _from, _flags in select._setup_joins:
        named.update(_entities(target))
        prop = getattr(target, "property", None) or getattr(condition, "property", None)
        named.update([prop.entity] if prop is not None else ())
    used: set[Any] = set()
    for column in select._raw_columns:
        named.add(_noticed(column))
        used.update(_entities(column))
    missing = used - named
    if missing:
        names = ", ".join(sorted(entity.mapper.class_.__name__ for entity in missing))
        return f"name {names} by select_from() or join()"
    return ""


def _noticed(column: Any) -> Any:
    """The class that the ORM narrows because of a column; None when it overlooks it."""
    own = column._annotations.get("parententity")
    if own is not None or any(isinstance(e, _OVERLOOKED) for e in visitors.iterate(column)):
        return own
    find: Any = sql_util.extract_first_column_annotation
    return find(column, "parententity")


def _entities(element: Any) -> Iterator[Any]:
    """Classes that columns of an expression belong to; subqueries look after themselves."""
    waiting = [element]
    while waiting:
        each = waiting.pop()
        if isinstance(each, selectable.SelectBase):
            continue
        entity = each._annotations.get("parententity") if hasattr(each, "_annotations") else None
        if entity is not None:
            yield entity
        elif hasattr(each, "get_children"):
            waiting.extend(each.get_children())


def _fault_of_source(source: Any) -> str:
    if isinstance(source, selectable.Join):
        return _fault_of_source(source.left) or _fault_of_source(source.right)
    if isinstance(source, selectable.FromClause):
        return _fault_of_table(source, source)
    return ""


def _fault_of_table(source: Any, named_by: Any) -> str:
    """``named_by`` tells by its annotation which class the table is reached through."""
    table = source
    while isinstance(table, selectable.AliasedReturnsRows):
        table = table.element
    if not isinstance(table, sa.TableClause):
        return ""
    entity = named_by._annotations.get("parententity") or source._annotations.get("parententity")
    if entity is None:
        return f"the table {table.name} is not reached through a mapped class"
    return "" if _walled(entity.mapper.class_) else f"{table.name} belongs to the platform"


def _walled(model: type[Any]) -> bool:
    return issubclass(model, CompanyModel | SharedModel | Company)


def check_change(statement: Any, parameters: Any) -> None:
    """Raise WallError for an update or delete that reaches beyond one narrowed table."""
    if isinstance(parameters, list):
        raise WallError("updates by key are not walled; change objects instead")
    target = statement.table
    changed = {getattr(c, "key", c) for c in (getattr(statement, "_values", None) or {})}
    changed |= {getattr(c, "key", c) for c, _ in getattr(statement, "_ordered_values", None) or ()}
    changed |= set(parameters or ())
    if "company_id" in changed:
        raise WallError("a row does not move to another company")
    if issubclass(statement.entity_description["entity"], SharedModel):
        raise WallError("shared data is written by the platform only")
    for column in _columns_outside_subqueries(statement):
        table = column.table
        if isinstance(table, sa.TableClause) and table.name != target.name:
            raise WallError(f"the second table {table.name} of a change is not walled")


def _columns_outside_subqueries(statement: Any) -> list[Any]:
    found = []
    waiting = [
        *statement._returning,
        *statement._where_criteria,
        *(getattr(statement, "_values", None) or {}).values(),
    ]
    while waiting:
        element = waiting.pop()
        if isinstance(element, selectable.SelectBase | elements.Grouping) and isinstance(
            getattr(element, "element", element), selectable.SelectBase
        ):
            continue
        if isinstance(element, sa.Column):
            found.append(element)
        elif hasattr(element, "get_children"):
            waiting.extend(element.get_children())
    return found


def check_insert(statement: Any) -> None:
    """Raise WallError for an insert whose rows are not plain parameters of a mapped class."""
    if statement._values or statement._multi_values or statement.select is not None:
        raise WallError("insert rows as parameters, so that each can be stamped")
    mapper = statement.table._annotations.get("parententity")
    if mapper is None or not issubclass(mapper.class_, CompanyModel):
        raise WallError("only rows of a company are inserted")
