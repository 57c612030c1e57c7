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

CYCLE = dt.timedelta(days=146_097)
"""After 400 years each day is on the same day of the week again."""


def clean(text: str) -> str:
    """A rule in its usual spelling. Raises ValueError for what is none."""
    rule = text.strip().upper().removeprefix("RRULE:").rstrip(";")
    # A rule is one word: behind a space another rule could stand, unchecked.
    if not rule or len(rule) > LONGEST or rule.split() != [rule]:
        raise ValueError(text)
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    if parts.keys() - PARTS or parts.get("FREQ") not in FREQUENCIES:
        raise ValueError(text)
    for name in ("INTERVAL", "COUNT"):
        if name in parts and not (parts[name].isdigit() and 1 <= int(parts[name]) <= 1000):
            raise ValueError(text)
    rrulestr(rule, dtstart=dt.datetime.combine(dt.date(2000, 1, 1), dt.time()))
    from icalendar.prop import vRecur  # takes as long as a quarter of a start

    # Calendars that are fetched are stricter.
    vRecur.from_ical(rule)
    return rule


def next_day(
    rule: str, first: dt.date, after: dt.date, until: dt.date | None = None
) -> dt.date | None:
    """The first day of the series that began on ``first`` which is later than ``after``; None
    when the series is over. Days, not instants: the hour by the clock stays the same."""
    last = min(until or dt.date.max, after + FAR if after < dt.date.max - FAR else dt.date.max)
    # A rule that never comes true is searched for until the year 9999: so that this is near, all
    # happens at the end of time.
    later = (dt.date.max - last) // CYCLE * CYCLE
    series = rrulestr(rule, dtstart=dt.datetime.combine(first + later, dt.time()))
    found = series.after(dt.datetime.combine(after + later, dt.time()))
    if found is None or found.date() - later > last:
        return None
    day: dt.date = found.date() - later
    return day
