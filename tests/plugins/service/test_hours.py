"""Working time to the minute: holidays, make-up days, breaks, time zones, clocks put forward."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendar.calendar import WorkCalendar
from plugins.service.services.hours import Hours, after, minute_of, spans_of, worked

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
CHINA = WorkCalendar(frozenset(range(1, 6)), "CN", {})
GERMANY = WorkCalendar(frozenset(range(1, 6)), "DE", {})
DAY = spans_of("09:00-18:00")
SPLIT = spans_of("09:00-12:00,13:30-18:00")


def china(text: str) -> dt.datetime:
    """An instant by the clock of Shanghai."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(dt.UTC)


def berlin(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(dt.UTC)


OFFICE = Hours(DAY, SHANGHAI, CHINA.is_work_day)
NOON = Hours(SPLIT, SHANGHAI, CHINA.is_work_day)


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        # An ordinary Wednesday, and over the night, the weekend.
        ("2025-11-26 10:00", 240, "2025-11-26 14:00"),
        ("2025-11-26 16:30", 240, "2025-11-27 11:30"),
        ("2025-11-28 17:59", 2, "2025-12-01 09:01"),
        # What fits into the day to the minute is due when it ends.
        ("2025-11-26 14:00", 240, "2025-11-26 18:00"),
        # Before work, after work, at the weekend: it counts from the next morning.
        ("2025-11-26 03:00", 60, "2025-11-26 10:00"),
        ("2025-11-29 12:00", 60, "2025-12-01 10:00"),
        # National holiday 1 to 8 October 2025; Sunday 28 September is worked for it.
        ("2025-09-27 11:00", 60, "2025-09-28 10:00"),
        ("2025-09-30 17:00", 120, "2025-10-09 10:00"),
        # And Saturday 11 October.
        ("2025-10-10 17:00", 120, "2025-10-11 10:00"),
    ],
)
def test_due_by_the_calendar_of_china(start: str, minutes: int, due: str) -> None:
    assert after(china(start), minutes * 60, OFFICE) == china(due)
    assert worked(china(start), china(due), OFFICE) == minutes * 60


def test_the_break_at_noon_does_not_count() -> None:
    assert after(china("2025-11-26 11:30"), 3600, NOON) == china("2025-11-26 14:00")
    assert worked(china("2025-11-26 11:30"), china("2025-11-26 13:45"), NOON) == 45 * 60
    assert worked(china("2025-11-26 00:00"), china("2025-11-27 00:00"), NOON) == 7.5 * 3600


def test_hours_are_those_of_the_company_and_not_of_who_writes() -> None:
    # 02:00 in Berlin is 09:00 in Shanghai (winter time).
    assert after(berlin("2025-11-26 02:00"), 60, OFFICE) == china("2025-11-26 09:01")


def test_days_on_which_clocks_are_put_forward_or_back() -> None:
    """The working day keeps its hours; around the clock an hour is an hour."""
    always = Hours((), BERLIN, GERMANY.is_work_day)
    night = Hours(spans_of("00:00-24:00"), BERLIN, lambda day: True)
    spring, autumn = berlin("2025-03-30 00:00"), berlin("2025-10-26 00:00")
    assert worked(spring, berlin("2025-03-31 00:00"), night) == 23 * 3600
    assert worked(autumn, berlin("2025-10-27 00:00"), night) == 25 * 3600
    assert after(spring, 6 * 3600, always) == berlin("2025-03-30 07:00")
    office = Hours(DAY, BERLIN, GERMANY.is_work_day)
    assert after(berlin("2025-03-28 17:00"), 2 * 3600, office) == berlin("2025-03-31 10:00")
    # Good Friday and Easter Monday.
    assert after(berlin("2025-04-17 17:00"), 2 * 3600, office) == berlin("2025-04-22 10:00")


def test_a_calendar_without_any_work_never_ends() -> None:
    assert after(china("2025-11-26 10:00"), 60, Hours(DAY, SHANGHAI, lambda day: False)) is None


@pytest.mark.parametrize("text", ["", "9", "25:00", "24:01", "09:60", "morning", "09:00-10:00"])
def test_what_no_clock_shows(text: str) -> None:
    with pytest.raises(ValueError, match="no time of a day"):
        minute_of(text)


NEW_YEAR = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
MOMENTS = st.integers(0, 420 * 86400).map(lambda each: NEW_YEAR + dt.timedelta(seconds=each))
SECONDS = st.integers(0, 40 * 3600)


@given(MOMENTS, SECONDS, st.sampled_from([OFFICE, NOON, Hours((), SHANGHAI, CHINA.is_work_day)]))
def test_so_much_work_is_done_when_it_is_due(
    start: dt.datetime, seconds: int, hours: Hours
) -> None:
    due = after(start, seconds, hours)
    assert due is not None
    assert due >= start
    assert worked(start, due, hours) == seconds


@given(st.lists(MOMENTS, min_size=3, max_size=3), st.sampled_from([OFFICE, NOON]))
def test_pauses_divide_time_without_losing_any(moments: list[dt.datetime], hours: Hours) -> None:
    first, second, third = sorted(moments)
    parts = worked(first, second, hours) + worked(second, third, hours)
    assert parts == worked(first, third, hours)
