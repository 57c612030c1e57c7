"""Days and instants as people type them. Raises ValueError with the reason.

The year comes first, or a ``date_format`` of ``strptime`` says how it is: whether 3/4 is in
March or April is never guessed.
"""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

from core.data.texts import narrow, short
from plugin_api.context import gettext

_DAY = re.compile(
    r"(\d{4})(?:-(\d{1,2})-|/(\d{1,2})/|\.(\d{1,2})\.|年(\d{1,2})月)(\d{1,2})日?", re.ASCII
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_NAMED = re.compile(
    r"(?:(?P<day>\d{1,2})[ .\-]{1,2}(?P<month>[a-z]{3,9})|(?P<named>[a-z]{3,9})\.? (?P<of>\d{1,2}))"
    r"[ .,\-]{1,2}(?P<year>\d{4}|\d{2})\b",
    re.ASCII | re.IGNORECASE,
)
_TIME = re.compile(
    r"(?:T|,?\s+|(?<=日))(?P<before>上午|下午)?\s*(?P<hour>\d{1,2})[:时点](?P<minute>\d{2})分?"
    r"(?:(?::|(?<=分))(?P<second>\d{2})秒?(?:\.(?P<fraction>\d{1,6})\d*)?)?\s*"
    r"(?P<after>[AP]\.?M\.?)?\s*(?P<zone>Z|[+\- ]\d{2}:?\d{2})?",
    re.ASCII | re.IGNORECASE,
)


def day(text: str, date_format: str | None = None) -> dt.date:
    """``2017-03-01``, ``2017/3/1``, ``2017.3.1``, ``2017年3月1日``, ``20170301``, and with
    the month in English words: ``1 Mar 2017``, ``March 1, 2017``, ``01-MAR-17``.

    A time of midnight may follow, as spreadsheets write it, as in 2026-12-31 12:00 AM.
    """
    text = narrow(text)
    if date_format:
        return _by_format(text, date_format).date()
    found, end = _day_at_start(text)
    if end < len(text):
        time = _TIME.fullmatch(text, end)
        try:
            is_midnight = time is not None and _clock(time) == dt.time()
        except ValueError:
            is_midnight = False
        if not is_midnight:
            raise _no_date(text)
    return found


def moment(
    text: str, zone: ZoneInfo, date_format: str | None = None, *, with_zone: bool = False
) -> dt.datetime:
    """An instant, aware, UTC; a day alone is its first moment.

    Without a zone of its own it is by the clock of ``zone``, unless ``with_zone`` demands one.
    """
    text = narrow(text)
    if date_format:
        found = _by_format(text, date_format)
        return _utc(found if found.tzinfo else found.replace(tzinfo=zone))
    date, end = _day_at_start(text)
    time = _TIME.fullmatch(text, end)
    if time is None and end < len(text):
        raise _no_instant(text)
    offset = time["zone"] if time else None
    if with_zone and offset is None:
        message = gettext("Expected a time with its zone, such as 2026-01-31T09:30:00+08:00.")
        raise ValueError(message)
    try:
        clock = _clock(time) if time else dt.time()
        at = dt.datetime.combine(date, clock, _zone(offset) if offset else zone)
    except ValueError:
        raise _no_instant(text) from None
    return _utc(at)


def bounds(date: dt.date, zone: ZoneInfo) -> tuple[dt.datetime, dt.datetime]:
    """The first moment of a day and that of the next one, by the clock of ``zone``."""
    if date == dt.date.max:
        raise ValueError(gettext("The date is too far away."))
    days = (date, date + dt.timedelta(days=1))
    start, end = (_utc(dt.datetime.combine(each, dt.time(), zone)) for each in days)
    return start, end


def is_day(text: str) -> bool:
    """Whether the text names a day without a time."""
    found = _DAY.fullmatch(narrow(text)) or _COMPACT.fullmatch(narrow(text))
    return found is not None


def _day_at_start(text: str) -> tuple[dt.date, int]:
    """The day, and where its text ends."""
    found = _DAY.match(text) or _COMPACT.match(text)
    if found is None:
        return _named_day(text)
    year, *months, last = found.groups()
    try:
        made = dt.date(int(year), int(next(m for m in months if m)), int(last))
    except ValueError:
        raise _no_date(text) from None
    return made, found.end()


def _named_day(text: str) -> tuple[dt.date, int]:
    found = _NAMED.match(text)
    if found is None:
        raise _no_date(text)
    word, year = (found["month"] or found["named"]).lower(), int(found["year"])
    if year < 100:
        # As strptime reads it.
        year += 2000 if year < 69 else 1900
    months = [at for at, name in enumerate(_MONTHS, 1) if name.startswith(word)]
    try:
        (month,) = months or [0]
        made = dt.date(year, month, int(found["day"] or found["of"]))
    except ValueError:
        raise _no_date(text) from None
    return made, found.end()


def _by_format(text: str, date_format: str) -> dt.datetime:
    try:
        return dt.datetime.strptime(text, date_format)  # noqa: DTZ007 the caller adds the zone
    except (ValueError, re.error):
        message = gettext(
            "“%(text)s” is not a date written as %(format)s.", text=short(text), format=date_format
        )
        raise ValueError(message) from None


def _clock(time: re.Match[str]) -> dt.time:
    """The time of day that was read: ``3:45 PM`` and ``下午3:45`` are 15:45. Raises ValueError."""
    hour = int(time["hour"])
    half = {"上午": "A", "下午": "P"}.get(time["before"] or "") or (time["after"] or "")[:1].upper()
    if half and (hour < 1 or (half == "A" and hour > 12)):
        raise ValueError
    if half and hour == 12:
        hour = 0
    hour += 12 if half == "P" and hour < 12 else 0
    micro = int((time["fraction"] or "0").ljust(6, "0"))
    return dt.time(hour, int(time["minute"]), int(time["second"] or 0), micro)


def _zone(offset: str) -> dt.tzinfo:
    if offset in "Zz":
        return dt.UTC
    # A plus sign that was not encoded in an address arrives as a space.
    minutes = int(offset[1:3]) * 60 + int(offset[-2:])
    return dt.timezone(dt.timedelta(minutes=-minutes if offset[0] == "-" else minutes))


def _utc(value: dt.datetime) -> dt.datetime:
    try:
        return value.astimezone(dt.UTC)
    except OverflowError:
        raise ValueError(gettext("The date is too far away.")) from None


def _no_date(text: str) -> ValueError:
    return ValueError(gettext("“%(text)s” is not a date such as 2026-01-31.", text=short(text)))


def _no_instant(text: str) -> ValueError:
    return ValueError(
        gettext("“%(text)s” is not a time such as 2026-01-31 09:30.", text=short(text))
    )
