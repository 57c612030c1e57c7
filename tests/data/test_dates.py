"""Days and instants as they are typed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.dates import bounds, day, moment

SHANGHAI = ZoneInfo("Asia/Shanghai")
FIRST = date(2017, 3, 1)


@pytest.mark.parametrize(
    "text",
    ["2017-03-01", "2017/3/1", "2017.3.1", "2017-3-1", "2017年3月1日", "２０１７－０３－０１",
     "20170301", "1 Mar 2017",
     "March 1, 2017", "01-MAR-17", " 2017/03/01 ", "2017-03-01 00:00:00",
     "2017-03-01T00:00:00.000", "2017/3/1 0:00"],
)  # fmt: skip
def test_days_with_the_year_first(text: str) -> None:
    assert day(text) == FIRST


@pytest.mark.parametrize(
    "text",
    ["", "1/3/2017", "03/01/2017", "1 Mrz 2017", "30 Feb 2017", "Ma 1, 2017",
     "2017-13-01", "2017-02-30", "2017-3/1", "2017-03",
     "2017-W09-3", "17-03-01", "0000-01-01", "2017-03-01 09:30", "2017-03-01 x", "2017-03-011"],
)  # fmt: skip
def test_nothing_else_is_guessed(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date such as"):
        day(text)


def test_a_format_says_what_comes_first() -> None:
    assert day("1/3/2017", "%d/%m/%Y") == FIRST
    assert day("1 Mar 2017", "%d %b %Y") == FIRST
    with pytest.raises(ValueError, match=r"not a date written as %d/%m/%Y"):
        day("2017-03-01", "%d/%m/%Y")


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("2017-03-01T10:30+08:00", 2, 30), ("2017-03-01T10:30:00 08:00", 2, 30),
        ("2017-03-01 10:30", 2, 30), ("2017/3/1 10:30:00", 2, 30), ("2017年3月1日10:30", 2, 30),
        ("2017-03-01T02:30Z", 2, 30), ("2017-03-01T02:30:00.000000+0000", 2, 30),
        ("2017-02-28T21:30-0500", 2, 30), ("2017-03-01T10:30", 2, 30),
    ],
)  # fmt: skip
def test_instants(text: str, hour: int, minute: int) -> None:
    assert moment(text, SHANGHAI) == datetime(2017, 3, 1, hour, minute, tzinfo=UTC)


def test_a_day_is_its_first_moment() -> None:
    assert moment("2017-03-01", SHANGHAI) == datetime(2017, 2, 28, 16, tzinfo=UTC)


def test_an_instant_in_a_format() -> None:
    found = moment("1.3.2017 10:30", SHANGHAI, "%d.%m.%Y %H:%M")
    assert found == datetime(2017, 3, 1, 2, 30, tzinfo=UTC)
    found = moment("1.3.2017 10:30 +0000", SHANGHAI, "%d.%m.%Y %H:%M %z")
    assert found == datetime(2017, 3, 1, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize("text", ["2017-03-01", "2017-03-01T10:30"])
def test_a_zone_can_be_demanded(text: str) -> None:
    with pytest.raises(ValueError, match="with its zone"):
        moment(text, SHANGHAI, with_zone=True)


@pytest.mark.parametrize(
    "text", ["2017-03-01T25:00Z", "2017-03-01T10:61Z", "2017-03-01T10:30+99:00", "2017-03-01T10"]
)
def test_what_is_no_instant(text: str) -> None:
    with pytest.raises(ValueError, match="is not a time such as"):
        moment(text, SHANGHAI)


@pytest.mark.parametrize("text", ["0001-01-01T00:00+08:00", "9999-12-31T23:59-08:00"])
def test_an_instant_beyond_the_calendar(text: str) -> None:
    with pytest.raises(ValueError, match="too far away"):
        moment(text, SHANGHAI)


def test_a_day_by_the_clock_of_a_zone() -> None:
    start, end = bounds(date(2026, 3, 29), ZoneInfo("Europe/Berlin"))
    assert (start.hour, end.hour) == (23, 22)
    with pytest.raises(ValueError, match="too far away"):
        bounds(date.max, SHANGHAI)
    with pytest.raises(ValueError, match="too far away"):
        bounds(date.min, SHANGHAI)


@given(st.dates())
def test_iso_is_read_back(value: date) -> None:
    assert day(value.isoformat()) == value


@given(st.text(max_size=40))
def test_any_text_is_an_instant_or_is_refused(text: str) -> None:
    try:
        assert moment(text, SHANGHAI).tzinfo is UTC
    except ValueError as error:
        assert str(error)
