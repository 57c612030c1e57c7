"""How differences between models and tables are found and written down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

import sqlalchemy as sa
from alembic.autogenerate.api import AutogenContext
from alembic.operations import ops
from alembic.runtime.migration import MigrationContext

from plugin_api.models import Base, RowId, ScaledDecimal, UTCDateTime

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
    if not directives:
        return
    script: ops.MigrationScript = directives[0]
    upgrade, downgrade = script.upgrade_ops, script.downgrade_ops
    assert upgrade is not None and downgrade is not None
    created = {op.table_name: op for op in upgrade.ops if isinstance(op, ops.CreateTableOp)}
    dropped = {op.table_name: op for op in downgrade.ops if isinstance(op, ops.DropTableOp)}
    ordered, late = _sorted([Base.metadata.tables[name] for name in created])
    for constraint in late:
        op = created[constraint.parent.name]
        op.columns = [each for each in op.columns if getattr(each, "name", "") != constraint.name]
    upgrade.ops = [
        *(created[name] for name in ordered),
        *_links(ops.CreateForeignKeyOp, late),
        *_flat(op for op in upgrade.ops if not isinstance(op, ops.CreateTableOp)),
    ]
    downgrade.ops = [
        *(op for op in downgrade.ops if getattr(op, "table_name", "") not in dropped),
        *_links(ops.DropConstraintOp, reversed(late)),
        *(dropped[name] for name in reversed(ordered)),
    ]


def _flat(found: Iterable[ops.MigrateOperation]) -> Iterator[ops.MigrateOperation]:
    """Indexes need no batch, which would hide them in a block."""
    for op in found:
        if isinstance(op, ops.ModifyTableOps) and all(
            isinstance(each, ops.CreateIndexOp) for each in op.ops
        ):
            yield from op.ops
        else:
            yield op


def _sorted(tables: list[sa.Table]) -> tuple[list[str], list[sa.ForeignKeyConstraint]]:
    """Names in order, and the references that none of the order can satisfy."""
    found: Any = sa.schema.sort_tables_and_constraints
    ordered = [table.name for table, _ in found(tables) if table is not None]
    place = {name: number for number, name in enumerate(ordered)}
    late = [
        constraint
        for table in tables
        for constraint in table.foreign_key_constraints
        if place.get(constraint.referred_table.name, -1) > place[table.name]
    ]
    return ordered, sorted(late, key=lambda constraint: str(constraint.name))


def _links(
    kind: type[ops.CreateForeignKeyOp | ops.DropConstraintOp],
    late: Iterable[sa.ForeignKeyConstraint],
) -> list[ops.ModifyTableOps]:
    by_table: dict[str, ops.ModifyTableOps] = {}
    for constraint in late:
        name = str(constraint.parent.name)
        block = by_table.setdefault(name, ops.ModifyTableOps(name, []))
        block.ops.append(kind.from_constraint(constraint))
    return list(by_table.values())
