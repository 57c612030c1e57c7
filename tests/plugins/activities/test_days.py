"""Days, repetitions and distances: plain functions."""

from __future__ import annotations

import datetime as dt
import time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.activities.services import contact, days, positions, repeating

DAY = dt.date(2026, 3, 2)
"""A Monday."""
BERLIN = ZoneInfo("Europe/Berlin")


def worked(day: dt.date) -> bool:
    return day.isoweekday() <= 5


@pytest.mark.parametrize(
    ("ahead", "when"),
    [(-1, "overdue"), (0, "today"), (1, "tomorrow"), (2, "week"), (7, "week"), (8, "later")],
)
def test_a_column_of_the_board_is_told_by_the_day(ahead: int, when: str) -> None:
    due = DAY + dt.timedelta(days=ahead)
    assert days.bucket("open", due, DAY) == when
    assert days.bucket("done", due, DAY) == "closed"


def test_what_has_no_day_stands_apart() -> None:
    assert days.bucket("open", None, DAY) == "undated"
    assert days.day_for("undated", DAY, worked) is None


@given(st.sampled_from(("today", "tomorrow", "week", "later")), st.dates(DAY, dt.date(2030, 1, 1)))
def test_a_column_stands_for_a_day_that_belongs_into_it(when: str, day: dt.date) -> None:
    found = days.day_for(when, day, worked)
    assert found is not None
    assert days.bucket("open", found, day) == when


def test_nothing_is_planned_for_the_past() -> None:
    with pytest.raises(ValueError, match="overdue"):
        days.day_for("overdue", DAY, worked)


def test_a_plan_counts_working_days_or_days() -> None:
    friday = dt.date(2026, 3, 6)
    assert [days.nth_day(friday, n, worked).day for n in (1, 2, 5)] == [6, 9, 12]
    assert [days.nth_day(friday, n, None).day for n in (1, 2, 5)] == [6, 7, 10]
    saturday = dt.date(2026, 3, 7)
    assert days.nth_day(saturday, 1, worked) == dt.date(2026, 3, 9)


def test_the_hour_by_the_clock_stays_when_the_clock_changes() -> None:
    """Berlin goes to summer time on 29 March 2026."""
    before = dt.datetime(2026, 3, 28, 9, 0, tzinfo=BERLIN).astimezone(dt.UTC)
    after = days.moved(before, dt.date(2026, 3, 30), BERLIN)
    assert (before.hour, after.hour) == (8, 7)
    assert after.astimezone(BERLIN).hour == 9


def test_all_of_a_day_is_reminded_of_before_nine() -> None:
    at = days.reminded_at(None, DAY, 60, ZoneInfo("Asia/Shanghai"))
    assert at == dt.datetime(2026, 3, 2, 0, 0, tzinfo=dt.UTC)
    assert days.reminded_at(None, None, 60, BERLIN) is None


class TestRepeating:
    @pytest.mark.parametrize(
        ("text", "rule"),
        [
            ("rrule:freq=weekly;byday=mo,th", "FREQ=WEEKLY;BYDAY=MO,TH"),
            ("FREQ=MONTHLY;BYMONTHDAY=-1;", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ],
    )
    def test_rules_are_those_of_calendars(self, text: str, rule: str) -> None:
        assert repeating.clean(text) == rule

    @pytest.mark.parametrize(
        "text",
        ["", "each week", "FREQ=SECONDLY", "FREQ=WEEKLY;BYDAY=XX", "INTERVAL=2", "FREQ=DAILY;X=1",
         "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;COUNT=99999", "FREQ=WEEKLY\nEXDATE:1", "F" * 300,
         "FREQ=DAILY;BYDAY=MO RRULE:FREQ=SECONDLY;BYMONTH=1", "FREQ=DAILY;BYDAY=MO(+1)"],
    )  # fmt: skip
    def test_others_are_none(self, text: str) -> None:
        with pytest.raises(ValueError):
            repeating.clean(text)

    def test_the_last_day_of_a_month_stays_the_last(self) -> None:
        rule, first = "FREQ=MONTHLY;BYMONTHDAY=-1", dt.date(2026, 1, 31)
        assert repeating.next_day(rule, first, first) == dt.date(2026, 2, 28)

    def test_days_that_have_passed_are_skipped(self) -> None:
        assert repeating.next_day("FREQ=WEEKLY", DAY, dt.date(2026, 3, 20)) == dt.date(2026, 3, 23)

    def test_a_series_ends(self) -> None:
        assert repeating.next_day("FREQ=WEEKLY", DAY, DAY, until=dt.date(2026, 3, 8)) is None
        assert repeating.next_day("FREQ=DAILY;COUNT=2", DAY, dt.date(2026, 3, 3)) is None

    @pytest.mark.parametrize("more", ["", ";COUNT=3"])
    def test_a_day_that_never_comes_is_not_searched_for_ever(self, more: str) -> None:
        rule = repeating.clean(f"FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30{more}")
        began = time.process_time()
        assert repeating.next_day(rule, DAY, DAY) is None
        assert time.process_time() - began < 0.5

    @pytest.mark.parametrize("first", [DAY, dt.date(9998, 12, 1), dt.date(1, 1, 1)])
    def test_at_either_end_of_time(self, first: dt.date) -> None:
        found = repeating.next_day("FREQ=MONTHLY;BYDAY=-1FR", first, first)
        assert found is not None and found.weekday() == 4 and (found - first).days < 60

    @given(
        st.sampled_from(("FREQ=DAILY", "FREQ=WEEKLY;INTERVAL=2", "FREQ=MONTHLY", "FREQ=YEARLY")),
        st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)), st.integers(0, 2000),
    )  # fmt: skip
    def test_the_next_day_is_later(self, rule: str, first: dt.date, ahead: int) -> None:
        after = first + dt.timedelta(days=ahead)
        found = repeating.next_day(rule, first, after)
        assert found is None or found > after


@pytest.mark.parametrize(
    ("last", "day", "over"),
    [(1, 16, 0), (1, 17, 1), (10, 25, 0), (10, 28, 3), (20, 25, -10)],
)
def test_days_over_count_from_the_day_after_the_last_that_is_in_time(
    last: int, day: int, over: int
) -> None:
    found = contact.days_over(dt.date(2026, 3, last), 15, dt.date(2026, 3, day))
    assert found == over


def test_distances_are_those_of_the_globe() -> None:
    """From the Bund to the Forbidden City, and a hundred thousandths of a degree."""
    bund = (Decimal("31.240000"), Decimal("121.490000"))
    palace = (Decimal("39.916300"), Decimal("116.397200"))
    assert 1_068_000 < positions.metres(bund, palace) < 1_070_000
    near = (Decimal("31.240100"), Decimal("121.490000"))
    assert positions.metres(bund, near) == 11
    assert positions.metres(bund, bund) == 0


@given(*(st.decimals(-90, 90, places=6) for _ in range(4)))
def test_the_way_back_is_as_long(a: Decimal, b: Decimal, c: Decimal, d: Decimal) -> None:
    there, back = positions.metres((a, b), (c, d)), positions.metres((c, d), (a, b))
    assert there == back
    assert 0 <= there <= 20_015_115
