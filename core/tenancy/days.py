"""The day of an instant by a company's clock, in SQL."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

ON_SQLITE = "local_day"
"""SQLite has no time zones; connections are given this function."""

_PLAIN = re.compile(r"[A-Za-z0-9_+\-/]+", re.ASCII)


class _LocalDay(FunctionElement[dt.date]):
    type = sa.Date()
    inherit_cache = True
    zone = ""


def local_day(column: sa.ColumnElement[Any], zone: str) -> sa.ColumnElement[dt.date]:
    """The day of an instant by the clock of a zone."""
    return _of_zone(zone)(column)


def day_in_zone(text: str | None, zone: str) -> str | None:
    """What :data:`ON_SQLITE` does with an instant as SQLite holds it."""
    if text is None:
        return None
    at = dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)
    return at.astimezone(ZoneInfo(zone)).date().isoformat()


@cache
def _of_zone(zone: str) -> type[_LocalDay]:
    """A class for each zone: the class is part of the key under which a statement is cached, and
    the zone part of its text, so that one may group by what one selects."""
    if not _PLAIN.fullmatch(zone):
        raise ValueError(zone)
    return type("LocalDay", (_LocalDay,), {"zone": zone, "inherit_cache": True})


@compiles(_LocalDay, "sqlite")
def _on_sqlite(element: _LocalDay, compiler: Any, **kw: Any) -> str:
    return f"{ON_SQLITE}({compiler.process(element.clauses, **kw)}, '{element.zone}')"


@compiles(_LocalDay, "postgresql")
def _on_postgresql(element: _LocalDay, compiler: Any, **kw: Any) -> str:
    return f"CAST(timezone('{element.zone}', {compiler.process(element.clauses, **kw)}) AS DATE)"
