"""Transactions in which tables change, safe on both databases."""

from __future__ import annotations

import warnings
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.pool import NullPool

from core.tenancy.roles import become_owner
from plugin_api.models import Base

LOCK = zlib.crc32(b"xiaoguan migrations")


class LostReferenceError(RuntimeError):
    """A script would leave rows that refer to nothing."""


@contextmanager
def exclusive(engine: sa.Engine) -> Iterator[sa.Engine]:
    """An engine for schema changes, while no other process changes the schema.

    SQLite rebuilds a table to alter it, which must not cascade to the rows that refer to
    it, so there references are checked at the end of each script instead.
    """
    own = sa.create_engine(engine.url, poolclass=NullPool)
    if own.dialect.name == "sqlite":
        event.listen(own, "connect", _prepare)
        event.listen(own, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
        yield own
        return
    event.listen(own, "connect", become_owner)
    with own.connect().execution_options(isolation_level="AUTOCOMMIT") as holder:
        holder.execute(sa.select(sa.func.pg_advisory_lock(LOCK)))
        yield own


def _prepare(connection: Any, record: object) -> None:
    connection.isolation_level = None
    connection.execute("pragma foreign_keys=off")
    connection.execute("pragma busy_timeout=60000")


@contextmanager
def transaction(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction on an engine of :func:`exclusive`; raises LostReferenceError at its end."""
    with engine.begin() as connection, quiet(), _keeping_row_ids(connection):
        yield connection
        if engine.dialect.name == "sqlite":
            lost = connection.exec_driver_sql("pragma foreign_key_check").first()
            if lost is not None:
                raise LostReferenceError(f"leaves rows of {lost[0]} that refer to nothing")


@contextmanager
def _keeping_row_ids(connection: sa.Connection) -> Iterator[None]:
    """A table that SQLite rebuilds goes on never to give out an id twice."""
    if connection.dialect.name != "sqlite":
        yield
        return
    last = _last_ids(connection)
    event.listen(sa.Table, "before_create", _number_rows)
    try:
        yield
    finally:
        event.remove(sa.Table, "before_create", _number_rows)
    now = _last_ids(connection)
    for name, given in last.items():
        if now.get(name, 0) < given and sa.inspect(connection).has_table(name):
            connection.exec_driver_sql("delete from sqlite_sequence where name = ?", (name,))
            connection.exec_driver_sql("insert into sqlite_sequence values (?, ?)", (name, given))


def _number_rows(table: sa.Table, connection: sa.Connection, **kw: Any) -> None:
    key = list(table.primary_key.columns)
    if len(key) == 1 and key[0].name == "id":
        table.dialect_options["sqlite"]["autoincrement"] = True


def _last_ids(connection: sa.Connection) -> dict[str, int]:
    """The highest id that each table has given out."""
    if not connection.exec_driver_sql(
        "select 1 from sqlite_master where name = 'sqlite_sequence'"
    ).first():
        return {}
    rows = connection.exec_driver_sql("select name, seq from sqlite_sequence")
    return {row[0]: row[1] for row in rows}


def create_tables(connection: sa.Connection, tables: Sequence[sa.Table]) -> None:
    """Make tables from the models; those that are there stay as they are."""
    with quiet():
        Base.metadata.create_all(connection, tables=tables)
    for table in tables:
        for constraint in table.foreign_key_constraints:
            # A reference that came by ALTER TABLE here would be missing in the next database.
            constraint._create_rule = None


@contextmanager
def quiet() -> Iterator[None]:
    """Tables of people and teams refer to each other; that no order suits them is known."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Cannot correctly sort tables", sa.exc.SAWarning)
        yield
