"""How a company's statements become SQL: every company table that is named gets its condition.

This is done where SQL is written, the last place that each statement passes: of the ORM and
of Core, loads of relationships, the ORM's own updates, at any depth. What is written out as
it was given (text, a hint, the name of an operator) could name tables unseen, so it is
refused. The outcome is cached with the statement; only the company's number is new each time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql import dml, functions, operators, selectable
from sqlalchemy.sql.compiler import IdentifierPreparer, SQLCompiler

from core.tenancy import rowsets
from core.tenancy.errors import WallError
from core.tenancy.functions import KNOWN
from core.tenancy.models import Company
from plugin_api.context import current_company
from plugin_api.models import Base, SharedModel

NAME = "wall_company_id"
_COMPANY: sa.BindParameter[int] = sa.bindparam(NAME, None, sa.BigInteger())
_PLAIN = re.compile(r"\*|[\w.]+|'[\w %.-]*'")
_OPERATOR = re.compile(
    r"(?!.*(?:--|/\*))[-+*/<>=~!@#%^&|?:.]+"
    r"|(?:NOT )?(?:LIKE|ILIKE|GLOB|REGEXP|MATCH|SIMILAR TO)|IS(?: NOT)?|AT TIME ZONE|OVERLAPS",
    re.IGNORECASE,
)


class CompanyCompiler(SQLCompiler):
    """Mixed in before a dialect's compiler. Raises WallError for what no condition can reach."""

    @property
    def preparer(self) -> IdentifierPreparer:
        return self.__dict__["preparer"]  # type: ignore[no-any-return]

    @preparer.setter
    def preparer(self, value: IdentifierPreparer) -> None:
        self.__dict__["preparer"] = _strict(value)

    def construct_params(self, *args: Any, **kw: Any) -> Any:
        found: Any = super().construct_params(*args, **kw)
        if NAME in found:
            found[NAME] = current_company().id
        return found

    def _deliver_insertmanyvalues_batches(
        self, statement: Any, parameters: Any, compiled_parameters: Any, sizes: Any,
        batch_size: Any, *rest: Any,
    ) -> Any:  # fmt: skip
        found = None
        if self.dialect.name == "postgresql":
            found = rowsets.batches(self, statement, parameters, batch_size)
        if found is None:
            deliver: Any = super()._deliver_insertmanyvalues_batches
            found = deliver(statement, parameters, compiled_parameters, sizes, batch_size, *rest)
        return found

    def _compose_select_body(
        self, text: Any, select: Any, compile_state: Any, inner_columns: Any, froms: Any, *rest: Any
    ) -> Any:
        if select._hints or select._statement_hints:
            _refuse("a hint")
        conditions = [c for source in froms if (c := condition(first(source))) is not None]
        if conditions:
            # The ORM does not always put brackets around what it has.
            given = [each.self_group(against=operators.and_) for each in select._where_criteria]
            select = select._generate()
            select._where_criteria = (*given, *conditions)
        write: Any = super()._compose_select_body
        return write(text, select, compile_state, inner_columns, froms, *rest)

    def visit_join(self, join: Any, *args: Any, **kw: Any) -> Any:
        right = condition(first(join.right))
        if join.full and (right is not None or condition(first(join.left)) is not None):
            _refuse("a full join, but of subqueries")
        if right is not None:
            join = join._clone()
            join.onclause = sa.and_(join.onclause, right)
        write: Any = super().visit_join
        return write(join, *args, **kw)

    def visit_update(self, update_stmt: Any, *args: Any, **kw: Any) -> Any:
        key = _own_key(update_stmt)
        state = update_stmt._compile_state_factory(update_stmt, self, **kw)
        named = {getattr(column, "key", column) for column in state._dict_parameters or ()}
        if key in named or key in (self.column_keys or ()):
            raise WallError("a row does not move to another company")
        return super().visit_update(_narrowed(update_stmt), *args, **kw)

    def visit_delete(self, delete_stmt: Any, *args: Any, **kw: Any) -> Any:
        if _own_key(delete_stmt) != "company_id":
            _refuse("companies are deleted by the platform only")
        write: Any = super().visit_delete
        return write(_narrowed(delete_stmt), *args, **kw)

    def visit_insert(self, insert_stmt: Any, *args: Any, **kw: Any) -> Any:
        if _own_key(insert_stmt) != "company_id" or kw.get("visiting_cte") is not None:
            _refuse("only rows of a company are inserted, and by a statement of their own")
        if insert_stmt.select is not None:
            _refuse("insert rows as parameters, so that each can be stamped")
        write: Any = super().visit_insert
        return write(insert_stmt, *args, **kw)

    def update_from_clause(self, *args: Any, **kw: Any) -> Any:
        return _refuse("a change that reaches into a second table")

    def delete_extra_from_clause(self, *args: Any, **kw: Any) -> Any:
        return _refuse("a change that reaches into a second table")

    def visit_on_conflict_do_update(self, *args: Any, **kw: Any) -> Any:
        return _refuse("an insert that changes rows")

    def visit_column(self, column: Any, *args: Any, **kw: Any) -> Any:
        if column.is_literal and not _PLAIN.fullmatch(column.name):
            _refuse(f"text {column.name[:60]!r}")
        return super().visit_column(column, *args, **kw)

    def visit_function(self, func: Any, *args: Any, **kw: Any) -> Any:
        if func.packagenames or func.name.lower() not in KNOWN:
            _refuse(f"the function {'.'.join((*func.packagenames, func.name))[:60]}")
        return super().visit_function(func, *args, **kw)

    def visit_extract(self, extract: Any, **kw: Any) -> Any:
        if not extract.field.isidentifier():
            _refuse(f"text {extract.field[:60]!r}")
        write: Any = super().visit_extract
        return write(extract, **kw)


def _refuser(what: str) -> Callable[..., Any]:
    def refuse(self: Any, element: Any, *args: Any, **kw: Any) -> Any:
        return _refuse(what)

    return refuse


for _kind, _what in {
    "textclause": "text", "textual_select": "text", "tstring": "text", "tstring_text": "text",
    "next_value_func": "a sequence", "sequence": "a sequence",
}.items():  # fmt: skip
    setattr(CompanyCompiler, f"visit_{_kind}", _refuser(_what))


def _with_known_operator(kind: str) -> Callable[..., Any]:
    def visit(self: Any, element: Any, operator: Any, **kw: Any) -> Any:
        if not _OPERATOR.fullmatch(operator.opstring):
            _refuse(f"the operator {operator.opstring[:60]!r}")
        return getattr(super(CompanyCompiler, self), kind)(element, operator, **kw)

    return visit


for _kind in ("binary", "unary_operator", "unary_modifier"):
    _kind = f"visit_custom_op_{_kind}"
    setattr(CompanyCompiler, _kind, _with_known_operator(_kind))


def _refuse(what: str) -> Any:
    raise WallError(f"a company's session does not run {what}")


def first(source: Any) -> Any:
    """The leftmost table of a chain of joins; the others stand in conditions of their own."""
    while True:
        if isinstance(source, selectable.Join):
            source = source.left
        elif isinstance(source, selectable.FromGrouping):
            source = source.element
        else:
            return source


def condition(source: Any) -> sa.ColumnElement[bool] | None:
    """That rows of a table or its alias are the company's; None where nothing is to be said."""
    table = source
    while isinstance(table, selectable.AliasedReturnsRows):
        table = table.element
    if isinstance(table, sa.TableClause):
        key = key_of(table)
        return None if key is None else source.c[key] == _COMPANY
    if not isinstance(table, _WRITTEN_OUT):
        _refuse(f"a {type(table).__name__}")
    return None


_WRITTEN_OUT = (
    selectable.SelectBase, selectable.Values, functions.FunctionElement, dml.UpdateBase,
)  # fmt: skip
"""Sources that are no tables; what is inside passes here on its own."""
_shared: set[str] = set()


def key_of(table: sa.TableClause) -> str | None:
    """The column that holds the company; None for tables that companies share."""
    if getattr(table, "metadata", None) is not Base.metadata or table.schema:
        _refuse(f"a statement on {table.name}, which is no table of its own")
    if "company_id" in table.c:
        return "company_id"
    if table.name == Company.__tablename__:
        return "id"
    if table.name not in _shared:
        _shared.update(
            mapper.local_table.name  # type: ignore[attr-defined]
            for mapper in Base.registry.mappers
            if issubclass(mapper.class_, SharedModel)
        )
    if table.name not in _shared:
        _refuse(f"a statement on {table.name}, which belongs to the platform")
    return None


def _own_key(statement: Any) -> str:
    table = statement.table
    key = key_of(first(getattr(table, "element", table)))
    if key is None:
        _refuse("a change of shared data, which is the platform's")
    return str(key)


def _narrowed(statement: Any) -> Any:
    return statement.where(condition(statement.table))


_strict_kinds: dict[type[IdentifierPreparer], type[IdentifierPreparer]] = {}


def _strict(preparer: IdentifierPreparer) -> IdentifierPreparer:
    """The same, but no name that needs quotes gets away without."""
    kind = type(preparer)
    if kind not in _strict_kinds:

        def quote(self: Any, ident: str, *args: Any, **kw: Any) -> str:
            if getattr(ident, "quote", None) is False and not ident.isidentifier():
                _refuse(f"the name {ident[:60]!r} without quotes")
            return kind.quote(self, ident)

        _strict_kinds[kind] = type(f"Strict{kind.__name__}", (kind,), {"quote": quote})
    made = kind.__new__(_strict_kinds[kind])
    made.__dict__.update(preparer.__dict__)
    return made
