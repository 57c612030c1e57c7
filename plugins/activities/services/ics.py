"""Activities as a calendar file, and calendar files as activities."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Event

MOST = 500
"""Events of one file."""
LARGEST = 2_000_000
"""Bytes of one file."""
STATUS = {"open": "CONFIRMED", "done": "CONFIRMED", "cancelled": "CANCELLED"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """An activity as a calendar shows it."""

    uid: str
    version: int
    changed: dt.datetime
    subject: str
    state: str
    due: dt.date
    start: dt.datetime | None = None
    end: dt.datetime | None = None
    location: str = ""
    text: str = ""
    href: str = ""
    rule: str = ""
    until: dt.date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """An event of a file that is taken over."""

    uid: str
    subject: str
    due: dt.date
    start: dt.datetime | None
    end: dt.datetime | None
    location: str
    text: str


def write(name: str, entries: Iterable[Entry], zone: ZoneInfo) -> bytes:
    """A calendar. Hours stand in the zone by whose clock they repeat, with its rules."""
    from icalendar import Calendar  # takes as long as a quarter of a start

    calendar = Calendar()
    calendar.add("prodid", "-//Xiaoguan//Activities//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", zone.key)
    for entry in entries:
        calendar.add_component(_event(entry, zone))
    calendar.add_missing_timezones()
    made: bytes = calendar.to_ical()
    return made


def _event(entry: Entry, zone: ZoneInfo) -> Event:
    from icalendar import Event
    from icalendar.prop import vRecur

    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed)
    event.add("last-modified", entry.changed)
    event.add("sequence", max(entry.version - 1, 0))
    done = "✓ " if entry.state == "done" else ""
    event.add("summary", f"{done}{entry.subject}")
    event.add("status", STATUS[entry.state])
    if entry.start is None:
        event.add("dtstart", entry.due)
        event.add("dtend", entry.due + dt.timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    else:
        event.add("dtstart", entry.start.astimezone(zone))
        event.add("dtend", (entry.end or entry.start + dt.timedelta(minutes=30)).astimezone(zone))
    for prop, value in (
        ("location", entry.location), ("description", entry.text), ("url", entry.href),
    ):  # fmt: skip
        if value:
            event.add(prop, value)
    if entry.rule:
        rule = vRecur.from_ical(entry.rule)
        if entry.until is not None:
            last = dt.datetime.combine(entry.until, dt.time(23, 59, 59), zone)
            rule["UNTIL"] = [entry.until if entry.start is None else last.astimezone(dt.UTC)]
        event.add("rrule", rule)
    return event


def read(content: bytes, zone: ZoneInfo) -> list[Found]:
    """The events of a calendar file. Raises ValueError for what is none, or too much."""
    if len(content) > LARGEST or b"BEGIN:VCALENDAR" not in content[:4096]:
        raise ValueError("no calendar")
    from icalendar import Calendar

    try:
        events = list(_events(Calendar.from_ical(content)))
        if len(events) > MOST:
            raise ValueError("too many events")
        return [found for event in events if (found := _found(event, zone)) is not None]
    except ValueError:
        raise
    except Exception as error:
        # What is nested too deeply, repeated where it may stand once, or of no time on earth.
        raise ValueError("unreadable") from error


def _events(calendar: Any) -> Iterator[Any]:
    yield from calendar.walk("VEVENT")


def _found(event: Any, zone: ZoneInfo) -> Found | None:
    begins = event.get("dtstart")
    if begins is None:
        return None
    start = begins.dt
    if not isinstance(start, dt.date):
        raise ValueError("no day")
    end = event.get("dtend").dt if event.get("dtend") is not None else None
    uid = str(event.get("uid", "")) or f"{event.get('summary', '')}{start.isoformat()}"
    again = event.get("recurrence-id")
    if again is not None:
        uid = f"{uid}/{again.dt.isoformat()}"
    texts = {name: _clean(event.get(name, "")) for name in ("summary", "location", "description")}
    at = _moment(start, zone)
    return Found(
        uid=_clean(uid)[:250],
        subject=texts["summary"][:200],
        due=at.astimezone(zone).date() if at is not None else start,
        start=at,
        end=_moment(end, zone) if at is not None and end is not None else None,
        location=texts["location"][:300],
        text=texts["description"][:20_000],
    )


def _clean(text: Any) -> str:
    """Without what no database keeps: the character zero, and halves of characters."""
    return str(text).replace("\x00", "").encode("utf-8", "replace").decode().strip()


def _moment(value: dt.date, zone: ZoneInfo) -> dt.datetime | None:
    """An instant in UTC; None for a whole day. One without a zone is by the company's clock."""
    if not isinstance(value, dt.datetime):
        return None
    return (value if value.tzinfo else value.replace(tzinfo=zone)).astimezone(dt.UTC)
