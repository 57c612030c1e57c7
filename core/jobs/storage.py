"""Where huey keeps its queue: on SQLite in a file of its own, else in the database."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import Flask
from huey.api import Huey
from huey.registry import Message
from huey.serializer import Serializer
from huey.storage import PostgresStorage, SqliteStorage

from core.tenancy.roles import PLATFORM_ROLE, note_platform_role

NAME = "xiaoguan"
FILE = "jobs.db"
TABLES = "core_queue"
"""What the names of the tables begin with; see :mod:`core.jobs.models`."""


class JsonSerializer(Serializer):  # type: ignore[misc]
    """Tasks and values as JSON."""

    def _serialize(self, data: Any) -> bytes:
        if isinstance(data, Message):
            data = {"id": data.id, "name": data.name, "args": list(data.args)}
        return json.dumps(data).encode()

    def _deserialize(self, data: bytes) -> Any:
        found = json.loads(bytes(data))
        if isinstance(found, dict) and found.keys() == {"id", "name", "args"}:
            return Message(**{**found, "args": tuple(found["args"]), "kwargs": {}})
        return found


def huey_of(app: Flask) -> Huey:
    """The queue of an application; opens its file or connection when it is first asked."""
    engine: sa.Engine = app.extensions["sqlalchemy"].engine
    common: dict[str, Any] = {"name": NAME, "results": False, "serializer": JsonSerializer()}
    if engine.dialect.name == "postgresql":
        return Huey(storage_class=WalledStorage, engine=engine, table_prefix=TABLES, **common)
    file = app.extensions["xiaoguan.config"].instance / FILE
    return Huey(storage_class=SqliteStorage, filename=str(file), timeout=10, **common)


class WalledStorage(PostgresStorage):  # type: ignore[misc]
    """PostgreSQL's queue, entered as who sees every company, for it is the platform's.

    The role ends with each transaction: a pooler may give the connection to somebody else.
    """

    def __init__(self, *args: Any, engine: sa.Engine, **kw: Any) -> None:
        self._engine = engine
        self._role: str | None = None
        super().__init__(*args, connection=self._open, create_tables=False, **kw)

    @contextmanager
    def db(self, commit: bool = False, close: bool = False) -> Iterator[Any]:
        """A cursor in a transaction of its own."""
        with self.lock, ExitStack() as begun:
            cursor = begun.enter_context(self._begin(begun).cursor())
            if self._role is not None:
                cursor.execute("select set_config('role', %s, true)", (self._role,))
            yield cursor

    def _begin(self, begun: ExitStack) -> Any:
        """The connection, with a transaction; another one when it has died since."""
        import psycopg  # there where PostgreSQL is used

        connection = self.conn
        try:
            begun.enter_context(connection.transaction())
        except psycopg.OperationalError:
            connection = self.conn
            begun.enter_context(connection.transaction())
        return connection

    def _open(self) -> Any:
        import psycopg  # there where PostgreSQL is used

        arguments, options = self._engine.dialect.create_connect_args(self._engine.url)
        connection = psycopg.connect(*arguments, **options, prepare_threshold=None)
        record = _Record({})
        note_platform_role(connection, record)
        self._role = record.info.get(PLATFORM_ROLE)
        return connection


@dataclass(frozen=True, slots=True)
class _Record:
    """Where a role is noted."""

    info: dict[str, Any]
