"""Days and moments of activities: plain functions, days in and days out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

CLOSED = frozenset({"done", "cancelled"})
NEAR = 7
"""Days ahead that are near."""
MOST = 400
"""Days beyond what was asked for in which a working day is looked for."""


def bucket(state: str, due: dt.date | None, today: dt.date) -> str:
    """When it is to be done, as the board's columns say it."""
    if state in CLOSED:
        return "closed"
    if due is None:
        return "undated"
    days = (due - today).days
    if days < 0:
        return "overdue"
    if days <= 1:
        return ("today", "tomorrow")[days]
    return "week" if days <= NEAR else "later"


def day_for(when: str, today: dt.date, is_work_day: Callable[[dt.date], bool]) -> dt.date | None:
    """The day that a column of the board stands for; later is the first working day after a
    fortnight. Raises ValueError for the past."""
    if when == "overdue":
        raise ValueError(when)
    if when == "undated":
        return None
    ahead = {"today": 0, "tomorrow": 1, "week": 2, "later": 14}[when]
    day = today + dt.timedelta(days=ahead)
    if when in ("today", "tomorrow"):
        return day
    return next_work_day(day, is_work_day)


def next_work_day(day: dt.date, is_work_day: Callable[[dt.date], bool]) -> dt.date:
    """The day itself if it is worked, else the next that is."""
    for ahead in range(MOST):
        found = day + dt.timedelta(days=ahead)
        if is_work_day(found):
            return found
    return day


def nth_day(first: dt.date, number: int, is_work_day: Callable[[dt.date], bool] | None) -> dt.date:
    """The day of a plan: 1 is ``first``, or the first working day from it on where only those
    count."""
    if is_work_day is None:
        return first + dt.timedelta(days=number - 1)
    day = next_work_day(first, is_work_day)
    for _step in range(number - 1):
        day = next_work_day(day + dt.timedelta(days=1), is_work_day)
    return day


def local_day(moment: dt.datetime, zone: ZoneInfo) -> dt.date:
    """The business day of an instant."""
    return moment.astimezone(zone).date()


def moved(moment: dt.datetime, day: dt.date, zone: ZoneInfo) -> dt.datetime:
    """The same time by the clock on another day, whatever happens to the clock between."""
    clock = moment.astimezone(zone).time()
    return dt.datetime.combine(day, clock, zone).astimezone(dt.UTC)


def reminded_at(
    start: dt.datetime | None, due: dt.date | None, minutes: int, zone: ZoneInfo
) -> dt.datetime | None:
    """When to remind of it: before it starts; of what has all of the day, before nine."""
    if start is None and due is not None:
        start = dt.datetime.combine(due, dt.time(9), zone).astimezone(dt.UTC)
    return None if start is None else start - dt.timedelta(minutes=minutes)
