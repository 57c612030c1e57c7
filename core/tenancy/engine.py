"""How connections behave, so that both databases keep the same promises."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

PRAGMAS = (
    "journal_mode=wal",
    "synchronous=normal",
    "foreign_keys=on",
    "busy_timeout=10000",
    "cache_size=-65536",
    "temp_store=memory",
)
_reading: ContextVar[bool] = ContextVar("reading", default=False)


@contextmanager
def reading() -> Iterator[None]:
    """Transactions begun inside only read, and wait for nobody."""
    token = _reading.set(True)
    try:
        yield
    finally:
        _reading.reset(token)


def prepare(engine: sa.Engine) -> None:
    """Listen to the engine's connections. Call once an engine."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _connected)
        event.listen(engine, "begin", _begin)


def _connected(connection: Any, record: object) -> None:
    # The driver's own transactions begin too late and lose updates.
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"pragma {pragma}")
    # SQLite's own knows the 26 letters only; PostgreSQL's all of them.
    connection.create_function("lower", 1, _lower, deterministic=True)


def _lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


def _begin(connection: sa.Connection) -> None:
    # Who may write asks for the lock at once: a read that turns into a write would fail
    # when somebody else has written in between.
    connection.exec_driver_sql("BEGIN" if _reading.get() else "BEGIN IMMEDIATE")
