"""Periods that move with the calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.periods import NAMED, Span, span_of
from plugin_api.periods import month_start, months_later, period_of

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("today", date(2026, 11, 24), date(2026, 11, 24)),
        ("yesterday", date(2026, 11, 23), date(2026, 11, 23)),
        ("tomorrow", date(2026, 11, 25), date(2026, 11, 25)),
        ("this_week", date(2026, 11, 23), date(2026, 11, 29)),
        ("last_week", date(2026, 11, 16), date(2026, 11, 22)),
        ("next_week", date(2026, 11, 30), date(2026, 12, 6)),
        ("last_month", date(2026, 10, 1), date(2026, 10, 31)),
        ("next_month", date(2026, 12, 1), date(2026, 12, 31)),
        ("this_quarter", date(2026, 10, 1), date(2026, 12, 31)),
        ("next_quarter", date(2027, 1, 1), date(2027, 3, 31)),
        ("last_year", date(2025, 1, 1), date(2025, 12, 31)),
        ("last_30_days", date(2026, 10, 26), date(2026, 11, 24)),
        ("next_7_days", date(2026, 11, 24), date(2026, 11, 30)),
        ("last_1_days", date(2026, 11, 24), date(2026, 11, 24)),
        ("overdue", None, date(2026, 11, 23)),
        ("until_today", None, date(2026, 11, 24)),
        ("upcoming", date(2026, 11, 24), None),
    ],
)
def test_in_a_calendar_year(name: str, start: date | None, end: date | None) -> None:
    assert span_of(name, TUESDAY, 1) == Span(start, end)


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("this_year", date(2025, 4, 1), date(2026, 3, 31)),
        ("this_quarter", date(2026, 1, 1), date(2026, 3, 31)),
        ("last_quarter", date(2025, 10, 1), date(2025, 12, 31)),
        ("next_year", date(2026, 4, 1), date(2027, 3, 31)),
    ],
)
def test_in_a_fiscal_year_from_april(name: str, start: date, end: date) -> None:
    assert span_of(name, date(2026, 2, 10), 4) == Span(start, end)


def test_a_quarter_may_start_in_february() -> None:
    assert span_of("this_quarter", date(2026, 1, 31), 2) == Span(
        date(2025, 11, 1), date(2026, 1, 31)
    )


@pytest.mark.parametrize(
    "name", ["", "soon", "this_day", "last_0_days", "last_9999_days", "next_week_days", "month"]
)
def test_others_are_refused_with_what_there_is(name: str) -> None:
    with pytest.raises(ValueError, match="this_quarter, last_quarter"):
        span_of(name, TUESDAY, 1)


def test_months_cross_years() -> None:
    assert month_start(date(2026, 1, 31), -1) == date(2025, 12, 1)
    assert month_start(date(2026, 12, 5), 1) == date(2027, 1, 1)
    assert months_later(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_later(date(2026, 3, 15), -12) == date(2025, 3, 15)
    assert period_of("half", date(2026, 2, 3), 4) == (date(2025, 10, 1), date(2026, 3, 31))


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 12))
def test_neighbours_touch_and_this_one_holds_the_day(today: date, fiscal: int) -> None:
    for unit in ("week", "month", "quarter", "year"):
        last, this, following = (
            span_of(f"{way}_{unit}", today, fiscal) for way in ("last", "this", "next")
        )
        assert last.start and last.end and this.start and this.end and following.start
        assert last.end + timedelta(days=1) == this.start <= today <= this.end
        assert this.end + timedelta(days=1) == following.start
    year = span_of("this_year", today, fiscal)
    assert year.start and year.start.month == fiscal


def test_every_name_means_something() -> None:
    assert all(span_of(name, TUESDAY, 7) for name in NAMED)
