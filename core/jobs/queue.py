"""The queue that wakes workers: huey, on SQLite in a file of its own, else in the database.

It carries numbers of runs and nothing else, as JSON: whoever can write to it can have a run
looked at, not code executed. Beside that it keeps signs of life and progress, which must be seen
while a job's own transaction holds the only lock of SQLite.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import Flask, current_app
from huey.api import Huey
from huey.registry import Message
from huey.serializer import Serializer
from huey.storage import PostgresStorage, SqliteStorage

from core.tenancy.roles import PLATFORM_ROLE, note_platform_role

NAME = "xiaoguan"
FILE = "jobs.db"
TABLES = "core_queue"
"""What the names of the tables begin with; see :mod:`core.jobs.models`."""

Look = Callable[[int, int], None]
"""Looks at a run of a company, by their numbers."""


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


class Queue:
    """The queue of an application."""

    def __init__(self, huey: Huey, look: Look) -> None:
        self.huey = huey
        self._send = huey.task(name="look")(look)

    def send(self, company_id: int, run_id: int) -> None:
        """Have some worker look at a run."""
        self._send(company_id, run_id)

    def is_empty(self) -> bool:
        """Whether every run that was sent has been looked at."""
        return not self.huey.storage.queue_size()

    def put(self, key: str, value: Any) -> None:
        """Keep a value, at once and whatever becomes of any transaction."""
        self.huey.put(key, value)

    def get(self, key: str) -> Any:
        """A value that is kept; None when there is none."""
        return self.huey.get(key, peek=True)

    def get_many(self, keys: list[str]) -> dict[str, Any]:
        """Those of the values that are kept."""
        found = self.huey.storage.peek_many(keys) if keys else {}
        return {key: self.huey.serializer.deserialize(value) for key, value in found.items()}

    def forget(self, *keys: str) -> None:
        """Keep values no longer."""
        for key in keys:
            self.huey.delete(key)

    def work_off(self) -> int:
        """Look at every run that was sent, here and now; how many."""
        count, storage = 0, self.huey.storage
        blocking, storage.blocking = storage.blocking, False
        try:
            while (task := self.huey.dequeue()) is not None:
                self.huey.execute(task)
                count += 1
        finally:
            storage.blocking = blocking
        return count


def queue() -> Queue:
    """The queue of the current application; opened when it is first needed, for a process that
    forks must not share its connection."""
    made: Queue | None = current_app.extensions.get("xiaoguan.queue")
    if made is None:
        made = current_app.extensions["xiaoguan.queue"] = _open(
            current_app._get_current_object()  # type: ignore[attr-defined]
        )
    return made


def _open(app: Flask) -> Queue:
    from core.jobs.work import look_at

    engine: sa.Engine = app.extensions["sqlalchemy"].engine
    common: dict[str, Any] = {"name": NAME, "results": False, "serializer": JsonSerializer()}
    if engine.dialect.name == "postgresql":
        huey = Huey(storage_class=WalledStorage, engine=engine, table_prefix=TABLES, **common)
    else:
        file = app.extensions["xiaoguan.config"].instance / FILE
        huey = Huey(storage_class=SqliteStorage, filename=str(file), timeout=10, **common)
    return Queue(huey, lambda company_id, run_id: look_at(app, company_id, run_id))


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
