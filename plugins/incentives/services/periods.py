"""Months, fiscal quarters and fiscal years."""

from __future__ import annotations

from datetime import date, timedelta

from plugins.incentives.services.computing import Period

MONTHS = {"month": 1, "quarter": 3, "year": 12}


def period_of(kind: str, day: date, fiscal_year_start: int) -> Period:
    """The one that a day lies in. Raises KeyError for an unknown kind."""
    months = MONTHS[kind]
    start = _later(day.replace(day=1), -((day.month - fiscal_year_start) % 12 % months))
    return Period(start, _later(start, months) - timedelta(days=1))


def between(kind: str, first: date, last: date, fiscal_year_start: int) -> list[Period]:
    """Those from the one of ``first`` to the one of ``last``; none when it is earlier."""
    made, day = [], first
    while day <= last:
        made.append(period_of(kind, day, fiscal_year_start))
        day = made[-1].end + timedelta(days=1)
    return made


def _later(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1)
