"""When something that repeats is due next, by the rules of calendars (RFC 5545)."""

from __future__ import annotations

import datetime as dt

from dateutil.rrule import rrulestr

LONGEST = 200
PARTS = frozenset(
    {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST", "COUNT"}
)
FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
FAR = dt.timedelta(days=366 * 30)
"""A rule that names no day within so long names none."""


def clean(text: str) -> str:
    """A rule in its usual spelling. Raises ValueError for what is none."""
    rule = text.strip().upper().removeprefix("RRULE:").rstrip(";")
    if not rule or len(rule) > LONGEST:
        raise ValueError(text)
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    if parts.keys() - PARTS or parts.get("FREQ") not in FREQUENCIES:
        raise ValueError(text)
    for name in ("INTERVAL", "COUNT"):
        if name in parts and not (parts[name].isdigit() and 1 <= int(parts[name]) <= 1000):
            raise ValueError(text)
    rrulestr(rule, dtstart=dt.datetime.combine(dt.date(2000, 1, 1), dt.time()))
    return rule


def next_day(
    rule: str, first: dt.date, after: dt.date, until: dt.date | None = None
) -> dt.date | None:
    """The first day of the series that began on ``first`` which is later than ``after``; None
    when the series is over. Days, not instants: the hour by the clock stays the same."""
    series = rrulestr(rule, dtstart=dt.datetime.combine(first, dt.time()))
    last = min(until or dt.date.max, after + FAR if after < dt.date.max - FAR else dt.date.max)
    found = series.after(dt.datetime.combine(after, dt.time()))
    if found is None or found.date() > last:
        return None
    day: dt.date = found.date()
    return day
