"""Days, weeks, months, and the company's fiscal quarters and years, in SQL and in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from plugin_api.periods import month_start

MONTHS = {"month": 1, "quarter": 3, "year": 12}
"""Length of the periods that are made of months."""


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

_SQLITE = {"day": "date({0})", "week": "date({0}, '-6 days', 'weekday 1')"}


def first_day(kind: str, on: Any, fiscal_year_start: int) -> sa.ColumnElement[date]:
    """First day of the period that the column's day lies in; ``fiscal_year_start`` is a month."""
    # As part of the text: PostgreSQL takes expressions with different parameters for different.
    return STARTS[kind](on, sa.literal_column(str(int(fiscal_year_start) - 1)))


@compiles(_Start, "sqlite")
def _on_sqlite(element: _Start, compiler: Any, **kw: Any) -> str:
    on, shift = (compiler.process(each, **kw) for each in _arguments(element))
    if element.name in _SQLITE:
        return _SQLITE[element.name].format(on)
    into = f"(strftime('%m', {on}) + 11 - {shift}) % {MONTHS[element.name]}"
    return f"date({on}, 'start of month', '-' || ({into}) || ' months')"


@compiles(_Start, "postgresql")
def _on_postgresql(element: _Start, compiler: Any, **kw: Any) -> str:
    on, shift = (compiler.process(each, **kw) for each in _arguments(element))
    # Without the cast the day would become an instant of the server's time zone.
    day = f"CAST({on} AS TIMESTAMP)"
    if element.name not in ("quarter", "year"):
        return f"CAST(date_trunc('{element.name}', {day}) AS DATE)"
    months = f"make_interval(months => {shift})"
    return f"CAST(date_trunc('{element.name}', {day} - {months}) + {months} AS DATE)"


def _arguments(element: _Start) -> list[Any]:
    """The day and how many months after January the fiscal year starts."""
    on, *shift = element.clauses
    return [on, *(shift or [sa.literal_column("0")])]


def start_of(kind: str, day: date, fiscal_year_start: int) -> date:
    """First day of the period that ``day`` lies in; a week starts on Monday."""
    if kind == "week":
        return day - timedelta(days=day.weekday())
    if kind not in MONTHS:
        return day
    return month_start(day, -((day.month - fiscal_year_start) % MONTHS[kind]))


def end_of(kind: str, start: date) -> date:
    """Last day of the period that begins on ``start``."""
    if kind in MONTHS:
        return month_start(start, MONTHS[kind]) - timedelta(days=1)
    return start + timedelta(days=6 if kind == "week" else 0)


def label_of(kind: str, start: date) -> str:
    """``2017-03-05``, ``2017-W09``, ``2017-03``, ``2017Q1`` or ``2017``; for quarters and years
    that are not those of the calendar their months: ``2017-02 – 2017-04``."""
    if kind == "week":
        year, week, _ = start.isocalendar()
        return f"{year}-W{week:02}"
    if kind not in MONTHS:
        return start.isoformat()
    if kind == "quarter" and start.month % 3 == 1:
        return f"{start.year}Q{(start.month + 2) // 3}"
    if kind == "year" and start.month == 1:
        return str(start.year)
    first = f"{start.year}-{start.month:02}"
    last = end_of(kind, start)
    return first if kind == "month" else f"{first} – {last.year}-{last.month:02}"


def starts_between(kind: str, first: date, last: date, fiscal_year_start: int) -> Iterator[date]:
    """First days of all periods that touch first to last, both included."""
    start = start_of(kind, first, fiscal_year_start)
    while start <= last:
        yield start
        start = end_of(kind, start) + timedelta(days=1)
