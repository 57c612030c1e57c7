"""Runs the scripts of one plugin, or compares its models with its tables.

Alembic executes this file; :mod:`core.hosting.migrate` gives it the connection and the
plugin. Every plugin has its own version table and sees no table but its own.
"""

from __future__ import annotations

from typing import Any

from alembic import context

from core.hosting.autogenerate import compare_type, order_tables, render_item
from core.hosting.schema import version_table
from plugin_api.models import Base

plugin: str = context.config.attributes["plugin"]


def include_name(name: str | None, kind: str, parents: Any) -> bool:
    """Leave other plugins' tables unread."""
    return kind != "table" or (name or "").startswith(f"{plugin}_")


def include_object(item: Any, name: str | None, kind: str, reflected: bool, other: Any) -> bool:
    """Leave other plugins' models out of the comparison."""
    return include_name(name, kind, None)


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=version_table(plugin),
    include_name=include_name,
    include_object=include_object,
    compare_type=compare_type,
    render_item=render_item,
    process_revision_directives=order_tables,
    render_as_batch=True,
)
context.run_migrations()
