"""Days of holding: when something returns, is reminded of, and may be claimed again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

IsWorkDay = Callable[[dt.date], bool]
MOST = 4000
"""Days that are looked at; a calendar without a working day would be looked through for ever."""


def due_on(last: dt.date, days: int, is_work_day: IsWorkDay | None = None) -> dt.date:
    """The day on which it returns, so many days after the last event that counts: calendar days,
    or working days where ``is_work_day`` tells them.

    >>> due_on(dt.date(2026, 3, 1), 15)
    datetime.date(2026, 3, 16)
    """
    if is_work_day is None:
        return last + dt.timedelta(days=days)
    day = last
    for _step in range(MOST):
        day += dt.timedelta(days=1)
        days -= is_work_day(day)
        if days == 0:
            return day
    return day


def latest_event(until: dt.date, days: int, is_work_day: IsWorkDay | None = None) -> dt.date:
    """The last day of an event with which it still returns on ``until`` or before."""
    if is_work_day is None:
        return until - dt.timedelta(days=days)
    day = until
    for _step in range(MOST):
        days -= is_work_day(day)
        day -= dt.timedelta(days=1)
        if days == 0:
            return day
    return day


def remind_on(due: dt.date, before: int) -> dt.date:
    """The day of the reminder."""
    return due - dt.timedelta(days=before)


def claimable_from(left: dt.date, ban_days: int) -> dt.date:
    """From when on who had it may claim it again.

    >>> claimable_from(dt.date(2026, 3, 16), 7)
    datetime.date(2026, 3, 23)
    """
    return left + dt.timedelta(days=ban_days)


def lowest(*limits: int | None) -> int | None:
    """The limit that holds of several; None says of one that there is none.

    >>> lowest(10, 20)
    10
    """
    known = [limit for limit in limits if limit is not None]
    return min(known) if known else None
