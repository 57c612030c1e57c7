"""Weeks, months and the days of steps: plain functions, days in and days out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from plugin_api import periods
from plugin_api.periods import months_later

WEEK = 7
MOST = 400
"""Days in which a working day is looked for."""
LAST_YEAR = 2199
"""Later nothing is planned."""
MONTHS = {"month": 1, "quarter": 3}
WEEKS = {"week": 1, "fortnight": 2}

IsWorkDay = Callable[[dt.date], bool]
Span = tuple[dt.date, dt.date]
"""The first and the last day."""


def period_of(kind: str, day: dt.date) -> Span:
    """The week from Monday, or the month, that a day lies in."""
    if kind == "week":
        first = day - dt.timedelta(days=day.weekday())
        return first, first + dt.timedelta(days=WEEK - 1)
    return periods.period_of("month", day)


def carried(kind: str, due: dt.date, today: dt.date) -> tuple[dt.date, int]:
    """The day in the period of ``today`` that lies where ``due`` lay in its own, and how many
    periods later that is; ``due`` and 0 for one that is not over.

    Due on Thursday 5 March, carried on Monday 9: Thursday 12 March, one period. Due on 31
    January, carried in February: the last of February.
    """
    first, _last = period_of(kind, today)
    if due >= first:
        return due, 0
    if kind == "week":
        number = (first - period_of(kind, due)[0]).days // WEEK
        return due + dt.timedelta(days=number * WEEK), number
    number = (first.year - due.year) * 12 + first.month - due.month
    return months_later(due, number), number


def next_one(kind: str, due: dt.date, today: dt.date) -> dt.date:
    """The day on which a step goes on that is carried over by hand: in the period after its own,
    or in that of today where this is later."""
    own = period_of(kind, due)[1] + dt.timedelta(days=1)
    return carried(kind, due, max(own, today))[0]


def next_due(repeat: str, first: dt.date, after: dt.date, is_work_day: IsWorkDay) -> dt.date | None:
    """The first day of a series that began on ``first`` which is later than ``after``. Months
    count from ``first``: of the 31st, the last of February and then the 31st of March."""
    try:
        if repeat == "day":
            return work_day_from(after + dt.timedelta(days=1), is_work_day)
        if repeat in WEEKS:
            length = WEEKS[repeat] * WEEK
            number = max((after - first).days // length + 1, 1)
            return first + dt.timedelta(days=number * length)
        months = MONTHS[repeat]
        number = ((after.year - first.year) * 12 + after.month - first.month) // months
        found = months_later(first, max(number, 1) * months)
        return found if found > after else months_later(first, (max(number, 1) + 1) * months)
    except (OverflowError, ValueError):
        return None


def work_day_from(day: dt.date, is_work_day: IsWorkDay) -> dt.date:
    """The day itself if it is worked, else the next that is."""
    for ahead in range(MOST):
        found = day + dt.timedelta(days=ahead)
        if is_work_day(found):
            return found
    return day


def nth_day(first: dt.date, number: int, is_work_day: IsWorkDay | None) -> dt.date:
    """The day of a plan: 1 is ``first``, or the first working day from it on where only those
    count."""
    if is_work_day is None:
        return first + dt.timedelta(days=number - 1)
    day = work_day_from(first, is_work_day)
    for _step in range(number - 1):
        day = work_day_from(day + dt.timedelta(days=1), is_work_day)
    return day


def work_days_over(due: dt.date, today: dt.date, is_work_day: IsWorkDay) -> int:
    """How many working days a day is over, today not counted: due on Friday, told on Tuesday: 1,
    and 2 on Wednesday. Up to a year is counted."""
    first = max(due + dt.timedelta(days=1), today - dt.timedelta(days=MOST))
    length = (today - first).days
    return sum(is_work_day(first + dt.timedelta(days=i)) for i in range(max(length, 0)))


def year_before(day: dt.date) -> dt.date:
    """The same day a year before."""
    return months_later(day, -12)
