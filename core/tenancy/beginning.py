"""How a transaction begins on PostgreSQL, and how a connection is known to be alive.

What a transaction must say about itself before anything else (which company, which role) goes to
the server together with BEGIN: one trip for both.
"""

from __future__ import annotations

import re
import select
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from core.tenancy import ahead

IDLE_SECONDS = 30.0
"""After so long a firewall may have forgotten a connection, of which no word reaches us."""
_USED = "xiaoguan.used"
_IDLE, _ACTIVE, _INSIDE = 0, 1, 2
"""What a connection is in, to the driver's library: nothing, a statement, a transaction."""
_READS, _ENDING = "xiaoguan_reads", "xiaoguan_ending"
_PREPARED = "xiaoguan.prepared"
_SAFE = re.compile("[0-9a-z]*")

Answer = Sequence[Sequence[str | None]]
"""Rows, their values as texts."""


@dataclass(frozen=True, slots=True)
class Question:
    """A select that is asked together with BEGIN, prepared once a connection. It stands behind the
    policies like all others; which rows it is about, its text says."""

    name: str
    text: str
    """``$1``, ``$2`` … are texts."""
    values: tuple[str, ...]
    """Digits and small letters only."""

    def __post_init__(self) -> None:
        if not all(map(_SAFE.fullmatch, self.values)):
            raise ValueError("only digits and letters are asked for together with BEGIN")

    @property
    def prepare(self) -> str:
        """Makes it known to a connection."""
        kinds = ", ".join("text" for _ in self.values)
        return f"prepare {self.name} ({kinds}) as {self.text}"

    @property
    def execute(self) -> str:
        """Asks a connection that knows it."""
        return f"execute {self.name} ({', '.join(map(_quoted, self.values))})"

    @property
    def plain(self) -> str:
        """Asks any connection."""
        return re.sub(r"\$(\d)", lambda at: _quoted(self.values[int(at[1]) - 1]), self.text)


def begin_with(
    connection: sa.Connection, *settings: str, ask: Question | None = None
) -> Answer | None:
    """Begin the connection's transaction with statements such as ``set local x = 1``.

    They hold until it ends. Returns the answer to what is asked besides; None when nothing is, or
    when it could not be asked on the way. Raises what the database raises.
    """
    raw: Any = connection.connection.driver_connection
    held = getattr(raw, "pgconn", None)
    # Idle: the driver has put BEGIN off until the first statement.
    if held is not None and not raw.autocommit and not held.transaction_status:
        asked = () if ask is None else _asked(connection, raw, ask)
        said = held.exec_("; ".join((_begin(raw), *settings, *asked)).encode())
        if not said.error_message:
            return None if ask is None else _rows(said)
        # Said again through the driver, the error is told as any other.
        if held.transaction_status:
            held.exec_(b"rollback")
        if ask is not None and ask.name in connection.info.get(_PREPARED, ()):
            connection.info[_PREPARED].discard(ask.name)
            held.exec_(f"deallocate {ask.name}".encode())
    for setting in settings:
        connection.exec_driver_sql(setting)
    return None


def begin(connection: Any) -> None:
    """Let a transaction begin, which the driver puts off until its first statement. Raises what the
    database has said to the end of the one before."""
    raw: Any = connection.driver_connection
    _hear(raw)
    setattr(raw, _READS, False)


def only_reads(connection: sa.Connection) -> None:
    """Say of a transaction that has begun that it will change nothing: nobody then waits for its
    end. Whoever wants something of the connection itself afterwards must not say so."""
    setattr(connection.connection.driver_connection, _READS, True)


def roll_back(connection: Any) -> None:
    """End a transaction that nothing of is kept. Of one that only reads, which holds up nobody, it
    is not waited for: the server ends it while Python goes on.

    The driver forgets then which statements it has prepared, for tables may have been made in the
    transaction; the application makes none, and would have each select planned again.
    """
    ahead.leave(connection)
    raw: Any = getattr(connection, "driver_connection", connection)
    with raw.lock:
        held = raw.pgconn
        # In a transaction without an error.
        if held.transaction_status == _INSIDE:
            if getattr(raw, _READS, False):
                held.send_query(b"rollback")
                held.flush()
                setattr(raw, _ENDING, True)
            else:
                held.exec_(b"rollback")
        # What is still at a statement of somebody who was interrupted is for the driver to refuse.
        if held.transaction_status == _IDLE or getattr(raw, _ENDING, False):
            return
    connection.rollback()


def _hear(raw: Any) -> None:
    """Take in what the server has answered to a rollback that was not waited for."""
    if not getattr(raw, _ENDING, False):
        return
    held = raw.pgconn
    setattr(raw, _ENDING, False)
    held.consume_input()
    if held.is_busy():
        from psycopg.generators import fetch_many

        raw.wait(fetch_many(held))
    while held.transaction_status == _ACTIVE:
        held.get_result()


def watch(engine: sa.Engine) -> None:
    """Replace connections that died while they lay idle before anybody meets them."""
    event.listen(engine, "checkin", _lay_down)
    event.listen(engine, "checkout", _take_up)


def _asked(connection: sa.Connection, raw: Any, ask: Question) -> tuple[str, ...]:
    if raw.prepare_threshold is None:
        return (ask.plain,)  # The next transaction may be another connection's.
    known: set[str] = connection.info.setdefault(_PREPARED, set())
    if ask.name in known:
        return (ask.execute,)
    known.add(ask.name)
    return (ask.prepare, ask.execute)


def _rows(said: Any) -> Answer:
    return [
        [
            None if (value := said.get_value(row, column)) is None else value.decode()
            for column in range(said.nfields)
        ]
        for row in range(said.ntuples)
    ]


def _quoted(value: str) -> str:
    return f"'{value}'"


def _begin(raw: Any) -> str:
    level = raw.isolation_level
    return "begin" if level is None else f"begin isolation level {level.name.replace('_', ' ')}"


def _lay_down(connection: Any, record: Any) -> None:
    record.info[_USED] = time.monotonic()


def _take_up(connection: Any, record: Any, proxy: Any) -> None:
    used = record.info.get(_USED)
    if used is None:
        return
    try:
        _hear(connection)
        is_idle = connection.pgconn.transaction_status == _IDLE
        if is_idle and time.monotonic() - used < IDLE_SECONDS and not _is_told(connection):
            return
        with connection.cursor() as cursor:
            cursor.execute("select 1")
        connection.rollback()
    except Exception as error:
        raise sa.exc.DisconnectionError from error


def _is_told(connection: Any) -> bool:
    """Whether the server has sent something unasked, as it does when it goes: no trip to it."""
    try:
        return bool(select.select([connection.pgconn.socket], [], [], 0)[0])
    except Exception:
        return True
