"""How connections behave, so that both databases keep the same promises."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import sqlalchemy as sa
from flask import current_app
from sqlalchemy import event
from sqlalchemy.pool import NullPool

from core.tenancy import beginning, roles, waiting
from core.tenancy.days import ON_SQLITE, day_in_zone
from core.tenancy.statements import CompanyCompiler

_PATIENCE = "busy_timeout=10000"
PRAGMAS = (
    "journal_mode=wal",
    "synchronous=normal",
    "foreign_keys=on",
    _PATIENCE,
    "cache_size=-65536",
)
_reading: ContextVar[bool] = ContextVar("reading", default=False)
_at_once: ContextVar[bool] = ContextVar("at once", default=False)


@contextmanager
def reading() -> Iterator[None]:
    """Transactions begun inside only read, and wait for nobody."""
    token = _reading.set(True)
    try:
        yield
    finally:
        _reading.reset(token)


def is_reading() -> bool:
    """Whether a transaction begun now only reads."""
    return _reading.get()


@contextmanager
def at_once() -> Iterator[None]:
    """Transactions begun inside fail on SQLite when somebody else is writing: no waiting for
    what is not worth it. They raise OperationalError."""
    token = _at_once.set(True)
    try:
        yield
    finally:
        _at_once.reset(token)


def prepare(engine: sa.Engine) -> None:
    """Listen to the engine's connections. Call once an engine."""
    event.listen(engine, "before_cursor_execute", waiting.heed)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _connected)
        event.listen(engine, "begin", _begin)
    else:
        event.listen(engine, "connect", roles.note_platform_role)
        beginning.watch(engine)
        dialect: Any = engine.dialect
        dialect.do_begin, dialect.do_rollback = beginning.begin, beginning.roll_back


def as_owner() -> sa.Engine:
    """The application's database as the owner of its tables, for commands that change them."""
    config = current_app.extensions["xiaoguan.config"]
    if config.owner_database == config.database:
        engine: sa.Engine = current_app.extensions["sqlalchemy"].engine
        return engine
    return sa.create_engine(config.owner_database, poolclass=NullPool, hide_parameters=True)


def for_companies(engine: sa.Engine) -> sa.Engine:
    """The same connections, on which every statement is written by
    :class:`~core.tenancy.statements.CompanyCompiler`."""
    made: sa.Engine | None = engine.__dict__.get("xiaoguan_for_companies")
    if made is None:
        made = engine.execution_options()
        made.dialect = _company_dialect(engine.dialect)
        engine.__dict__["xiaoguan_for_companies"] = made
    return made


def _company_dialect(dialect: sa.Dialect) -> sa.Dialect:
    """One that shares all that the other learns of the database."""
    kind = type(dialect)
    compiler = type("CompanyCompiler", (CompanyCompiler, kind.statement_compiler), {})
    members: dict[str, Any] = {"statement_compiler": compiler, "supports_statement_cache": True}
    if kind.name == "postgresql":
        # See core.tenancy.rowsets: many rows at once also where nothing comes back.
        members["use_insertmanyvalues_wo_returning"] = True
    made: sa.Dialect = kind.__new__(type(f"Company{kind.__name__}", (kind,), members))
    made.__dict__ = dialect.__dict__
    return made


def _connected(connection: Any, record: object) -> None:
    # The driver's own transactions begin too late and lose updates.
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"pragma {pragma}")
    # SQLite's own knows the 26 letters only; PostgreSQL's all of them.
    connection.create_function("lower", 1, _lower, deterministic=True)
    connection.create_function(ON_SQLITE, 2, day_in_zone, deterministic=True)


def _lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


def _begin(connection: sa.Connection) -> None:
    # Who may write asks for the lock at once: a read that turns into a write would fail
    # when somebody else has written in between.
    if _reading.get() or not _at_once.get():
        connection.exec_driver_sql("BEGIN" if _reading.get() else "BEGIN IMMEDIATE")
        return
    connection.exec_driver_sql("pragma busy_timeout=0")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        connection.exec_driver_sql(f"pragma {_PATIENCE}")
