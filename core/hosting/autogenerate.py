"""How differences between models and tables are found and written down."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

import sqlalchemy as sa
from alembic.autogenerate.api import AutogenContext
from alembic.operations import ops
from alembic.runtime.migration import MigrationContext

from plugin_api.models import RowId, ScaledDecimal, UTCDateTime

INTEGERS = (sa.Integer, RowId, ScaledDecimal)


def compare_type(
    context: MigrationContext, inspected: Any, column: Any, inspected_type: Any, type_: Any
) -> bool | None:
    """Whether a column's type has changed; None leaves it to Alembic.

    SQLite has one kind of integer, and shows the key of a row as such.
    """
    sqlite = context.dialect.name == "sqlite"
    if sqlite and isinstance(inspected_type, sa.Integer) and isinstance(type_, INTEGERS):
        return False
    return None


def render_item(kind: str, item: Any, context: AutogenContext) -> str | Literal[False]:
    """Write the contract's own types by their names."""
    if kind != "type":
        return False
    name = None
    if isinstance(item, RowId | UTCDateTime):
        name, text = type(item).__name__, f"{type(item).__name__}()"
    elif isinstance(item, ScaledDecimal):
        name, text = "ScaledDecimal", f"ScaledDecimal({item.scale})"
    elif isinstance(item, sa.JSON):
        name = text = "JSON"
    if name is None:
        return False
    context.imports.add(f"from plugin_api.models import {name}")
    return text


def order_tables(context: MigrationContext, revision: Any, directives: list[Any]) -> None:
    """Create tables after those they refer to; references in a circle come last.

    No order lets PostgreSQL create two tables that refer to each other in one go.
    """
    script: ops.MigrationScript = directives[0]
    upgrade, downgrade = script.upgrade_ops, script.downgrade_ops
    assert upgrade is not None and downgrade is not None
    created = {op.table_name: op for op in upgrade.ops if isinstance(op, ops.CreateTableOp)}
    ordered, late = _sorted([op.to_table() for op in created.values()])
    for constraint in late:
        op = created[str(constraint.parent.name)]
        op.columns = [each for each in op.columns if each is not _same(op.columns, constraint)]
    tables = [created[name] for name in ordered]
    # An index may only come after its table; all other operations keep their place.
    others = [op for op in upgrade.ops if not isinstance(op, ops.CreateTableOp)]
    links = [_link(constraint, drop=False) for constraint in late]
    upgrade.ops = [*tables, *links, *others]
    dropped = {op.table_name: op for op in downgrade.ops if isinstance(op, ops.DropTableOp)}
    before = [op for op in downgrade.ops if not isinstance(op, ops.DropTableOp)]
    unlinks = [_link(constraint, drop=True) for constraint in reversed(late)]
    rest = [op for name, op in dropped.items() if name not in ordered]
    drops = [dropped[name] for name in reversed(ordered) if name in dropped]
    downgrade.ops = [*before, *unlinks, *drops, *rest]


def _sorted(tables: list[sa.Table]) -> tuple[list[str], list[sa.ForeignKeyConstraint]]:
    ordered: list[str] = []
    late: list[sa.ForeignKeyConstraint] = []
    for table, constraints in sa.schema.sort_tables_and_constraints(tables):
        if table is None:
            late += constraints
        else:
            ordered.append(table.name)
    late.sort(key=lambda constraint: str(constraint.name))
    return ordered, late


def _same(columns: Iterable[Any], wanted: sa.ForeignKeyConstraint) -> Any:
    return next(
        each
        for each in columns
        if isinstance(each, sa.ForeignKeyConstraint) and each.name == wanted.name
    )


def _link(constraint: sa.ForeignKeyConstraint, *, drop: bool) -> ops.ModifyTableOps:
    table = str(constraint.parent.name)
    link: ops.MigrateOperation = (
        ops.DropConstraintOp.from_constraint(constraint)
        if drop
        else ops.CreateForeignKeyOp.from_constraint(constraint)
    )
    return ops.ModifyTableOps(table, [link])
