"""How a transaction begins on PostgreSQL, and how a connection is known to be alive.

What a transaction must say about itself before anything else (which company, which role) goes to
the server together with BEGIN: one trip for both.
"""

from __future__ import annotations

import select
import time
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

IDLE_SECONDS = 30.0
"""After so long a firewall may have forgotten a connection, of which no word reaches us."""
_USED = "xiaoguan.used"


def begin_with(connection: sa.Connection, *settings: str) -> None:
    """Begin the connection's transaction with statements such as ``set local x = 1``.

    They hold until it ends. Raises what the database raises.
    """
    raw: Any = connection.connection.driver_connection
    held = getattr(raw, "pgconn", None)
    # Idle: the driver has put BEGIN off until the first statement.
    if held is not None and not raw.autocommit and not held.transaction_status:
        said = held.exec_("; ".join((_begin(raw), *settings)).encode())
        if not said.error_message:
            return
        # Said again through the driver, the error is told as any other.
        if held.transaction_status:
            held.exec_(b"rollback")
    for setting in settings:
        connection.exec_driver_sql(setting)


def watch(engine: sa.Engine) -> None:
    """Replace connections that died while they lay idle before anybody meets them."""
    event.listen(engine, "checkin", _lay_down)
    event.listen(engine, "checkout", _take_up)


def _begin(raw: Any) -> str:
    level = raw.isolation_level
    return "begin" if level is None else f"begin isolation level {level.name.replace('_', ' ')}"


def _lay_down(connection: Any, record: Any) -> None:
    record.info[_USED] = time.monotonic()


def _take_up(connection: Any, record: Any, proxy: Any) -> None:
    used = record.info.get(_USED)
    if used is None or (time.monotonic() - used < IDLE_SECONDS and not _is_told(connection)):
        return
    try:
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
