"""Days, weeks, months, quarters and years, in SQL and in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class _Start(FunctionElement[date]):
    """First day of the period that a date lies in."""

    type = sa.Date()
    inherit_cache = True


# One class a period: the class is part of the key under which the statement is cached.
class DayStart(_Start):
    name = "day"
    inherit_cache = True


class WeekStart(_Start):
    name = "week"
    inherit_cache = True


class MonthStart(_Start):
    name = "month"
    inherit_cache = True


class QuarterStart(_Start):
    name = "quarter"
    inherit_cache = True


class YearStart(_Start):
    name = "year"
    inherit_cache = True


STARTS: dict[str, type[_Start]] = {
    kind.name: kind for kind in (DayStart, WeekStart, MonthStart, QuarterStart, YearStart)
}

_SQLITE = {
    "day": "date({0})",
    "week": "date({0}, '-6 days', 'weekday 1')",
    "month": "date({0}, 'start of month')",
    "quarter": "date({0}, 'start of month', '-' || ((strftime('%m', {0}) - 1) % 3) || ' months')",
    "year": "date({0}, 'start of year')",
}


@compiles(_Start, "sqlite")
def _on_sqlite(element: _Start, compiler: Any, **kw: Any) -> str:
    return _SQLITE[element.name].format(compiler.process(element.clauses, **kw))


@compiles(_Start, "postgresql")
def _on_postgresql(element: _Start, compiler: Any, **kw: Any) -> str:
    # Without the cast the day would become an instant of the server's time zone.
    on = compiler.process(element.clauses, **kw)
    return f"CAST(date_trunc('{element.name}', CAST({on} AS TIMESTAMP)) AS DATE)"


def start_of(kind: str, day: date) -> date:
    """First day of the period that ``day`` lies in; a week starts on Monday."""
    match kind:
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case "quarter":
            return day.replace(month=day.month - (day.month - 1) % 3, day=1)
        case "year":
            return day.replace(month=1, day=1)
    return day


def label_of(kind: str, start: date) -> str:
    """``2017-03-05``, ``2017-W09``, ``2017-03``, ``2017Q1`` or ``2017``."""
    match kind:
        case "week":
            year, week, _ = start.isocalendar()
            return f"{year}-W{week:02}"
        case "month":
            return f"{start.year}-{start.month:02}"
        case "quarter":
            return f"{start.year}Q{(start.month + 2) // 3}"
        case "year":
            return str(start.year)
    return start.isoformat()


def starts_between(kind: str, first: date, last: date) -> Iterator[date]:
    """First days of all periods that touch first to last, both included."""
    start = start_of(kind, first)
    while start <= last:
        yield start
        # 32 days on from a month's first day is always the next month, and so on.
        ahead = {"day": 1, "week": 7, "month": 32, "quarter": 93, "year": 366}[kind]
        start = start_of(kind, start + timedelta(days=ahead))
