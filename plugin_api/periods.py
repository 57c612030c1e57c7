"""Months, the company's fiscal quarters, halves and years, and days that people mean."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date, timedelta

from plugin_api.context import gettext
from plugin_api.errors import Rejected

MONTHS: Mapping[str, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
"""How many months each kind of period has."""
YEARS = range(1950, 2201)
"""Of days that people mean."""


def month_start(day: date, shift: int = 0) -> date:
    """First day of the month that lies ``shift`` months after the day's."""
    months = day.year * 12 + day.month - 1 + shift
    return date(months // 12, months % 12 + 1, 1)


def months_later(day: date, months: int) -> date:
    """The same day so many months later (earlier below 0), or the last of a shorter month."""
    first = month_start(day, months)
    return first.replace(day=min(day.day, calendar.monthrange(first.year, first.month)[1]))


def months_between(start: date, end: date) -> int:
    """Whole months from a day to a later one: a month is over on the same day of the next, or on
    that month's last where it has no such day. 0 when ``end`` is earlier."""
    count = (end.year - start.year) * 12 + end.month - start.month
    return max(count - (end < months_later(start, count)), 0)


def months_from(day: date, count: int) -> list[date]:
    """First days of so many months from the day's on, or of those before it for a count below 0;
    in order."""
    shifts = range(count) if count > 0 else range(count, 0)
    return [month_start(day, shift) for shift in shifts]


def period_of(kind: str, day: date, fiscal_year_start: int = 1) -> tuple[date, date]:
    """First and last day of the month, fiscal quarter, half or year that a day lies in; a year
    begins with the month ``fiscal_year_start``. Raises KeyError for another kind."""
    months = MONTHS[kind]
    start = month_start(day, -((day.month - fiscal_year_start) % months))
    return start, month_start(start, months) - timedelta(days=1)


def check_day(field: str, day: date | None) -> None:
    """Raise Rejected for a day of a field that is so far away that terms, histories and periods
    from it on would leave the calendar."""
    if day is not None and day.year not in YEARS:
        raise Rejected(field, gettext("Expected a day between 1950 and 2200."))
