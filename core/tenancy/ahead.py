"""Statements that are sent to PostgreSQL and not waited for, so that it works while Python goes on.

The driver's pipeline does it: see https://www.psycopg.org/psycopg3/docs/advanced/pipeline.html.
"""

from __future__ import annotations

import selectors
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa

_open: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()
"""Connection of the driver → its pipeline."""


def is_able(connection: sa.Connection) -> bool:
    """Whether statements can be sent like this."""
    if connection.dialect.name != "postgresql":
        return False
    import psycopg

    return psycopg.capabilities.has_pipeline()


def send(connection: sa.Connection, run: Callable[[], None]) -> None:
    """Run statements that give no rows, without their answers; :func:`arrive` must follow before
    anything else is asked of the connection."""
    raw: Any = connection.connection.driver_connection
    _open[raw] = raw.pipeline()
    _open[raw].__enter__()
    try:
        run()
        _flush(raw.pgconn)
    except BaseException:
        leave(raw)
        raise


def _flush(server: Any) -> None:
    """Send all of it: the driver goes on as soon as the socket is full. What the database says
    meanwhile is taken in, else it might wait for us to listen while we wait for it."""
    with selectors.DefaultSelector() as ready:
        ready.register(server.socket, selectors.EVENT_READ | selectors.EVENT_WRITE)
        while server.flush():
            for _key, event in ready.select():
                if event & selectors.EVENT_READ:
                    server.consume_input()


def arrive(connection: sa.Connection) -> None:
    """Wait for what was sent. Raises what the database says to it as SQLAlchemy does."""
    raw: Any = connection.connection.driver_connection
    opened = _open.pop(raw, None)
    if opened is None:
        return
    driver: Any = connection.dialect.dbapi
    try:
        opened.__exit__(None, None, None)
    except driver.Error as error:
        raise sa.exc.DBAPIError.instance(
            None, None, error, driver.Error, hide_parameters=True, dialect=connection.dialect
        ) from error


def leave(connection: Any) -> None:
    """Wait for what was sent on a connection, whatever becomes of it: it is undone. It may be one
    of SQLAlchemy, of its pool or of the driver."""
    if isinstance(connection, sa.Connection):
        connection = connection.connection
    opened = _open.pop(getattr(connection, "driver_connection", connection), None)
    if opened is not None:
        with suppress(Exception):
            opened.__exit__(None, None, None)
