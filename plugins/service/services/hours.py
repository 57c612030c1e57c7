"""Working time between two instants, and the instant after so much of it. Numbers in, numbers
out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

_TIME = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)")
DAY = 24 * 60
LONGEST = 3660
"""Days that are looked through for working time; a calendar without any ends there."""


@dataclass(frozen=True, slots=True)
class Hours:
    """When is worked: ``spans`` in minutes of a day, the days by ``is_work_day``, in ``zone``.
    No spans: all day, every day."""

    spans: tuple[tuple[int, int], ...]
    zone: ZoneInfo
    is_work_day: Callable[[dt.date], bool]

    def of(self, day: dt.date) -> Iterator[tuple[dt.datetime, dt.datetime]]:
        """The instants, in UTC, between which is worked on a day."""
        if self.is_work_day(day):
            for start, end in self.spans:
                yield self._at(day, start), self._at(day, end)

    def _at(self, day: dt.date, minute: int) -> dt.datetime:
        if minute >= DAY:
            day, minute = day + dt.timedelta(days=1), minute - DAY
        local = dt.datetime.combine(day, dt.time(minute // 60, minute % 60), self.zone)
        return local.astimezone(dt.UTC)


def minute_of(text: str) -> int:
    """The minute of the day that a clock shows: ``09:30`` is 570, ``24:00`` the end. Raises
    ValueError."""
    found = _TIME.fullmatch(text.strip())
    minute = int(found[1]) * 60 + int(found[2]) if found else DAY + 1
    if minute > DAY:
        raise ValueError(f"no time of a day: {text!r}")
    return minute


def spans_of(text: str) -> tuple[tuple[int, int], ...]:
    """``09:00-12:00,13:30-18:00`` as minutes of the day."""
    parts = (part.split("-") for part in text.split(",") if part)
    return tuple((minute_of(start), minute_of(end)) for start, end in parts)


def worked(start: dt.datetime, end: dt.datetime, hours: Hours) -> int:
    """Seconds of working time from ``start`` to ``end``; 0 when that is before."""
    if end <= start:
        return 0
    if not hours.spans:
        return int((end - start).total_seconds())
    day, last = start.astimezone(hours.zone).date(), end.astimezone(hours.zone).date()
    total = dt.timedelta()
    while day <= last:
        for begins, ends in hours.of(day):
            total += max(min(ends, end) - max(begins, start), dt.timedelta())
        day += dt.timedelta(days=1)
    return int(total.total_seconds())


def after(start: dt.datetime, seconds: int, hours: Hours) -> dt.datetime | None:
    """The instant at which so much working time has passed since ``start``; None for a calendar
    in which that never happens. What ends with the day's work is due then, not the next morning.
    """
    left = dt.timedelta(seconds=seconds)
    if not hours.spans:
        try:
            return start + left
        except OverflowError:
            return None
    day = start.astimezone(hours.zone).date()
    for _number in range(LONGEST):
        for opens, ends in hours.of(day):
            begins = max(opens, start)
            if begins >= ends:
                continue
            if left <= ends - begins:
                return begins + left
            left -= ends - begins
        day += dt.timedelta(days=1)
    return None
