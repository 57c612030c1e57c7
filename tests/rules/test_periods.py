"""Months, quarters and years of targets."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin_api.periods import months_from
from plugins.targets.services.periods import (
    Period,
    month_start,
    months_of,
    period_of,
    previous,
    year_before,
)

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("kind", "fiscal", "start", "end", "label"),
    [
        ("month", 1, date(2026, 11, 1), date(2026, 11, 30), "2026-11"),
        ("quarter", 1, date(2026, 10, 1), date(2026, 12, 31), "2026 Q4"),
        ("year", 1, date(2026, 1, 1), date(2026, 12, 31), "2026"),
        ("quarter", 2, date(2026, 11, 1), date(2027, 1, 31), "2026-11 – 2027-01"),
        ("year", 4, date(2026, 4, 1), date(2027, 3, 31), "2026-04 – 2027-03"),
        ("year", 12, date(2025, 12, 1), date(2026, 11, 30), "2025-12 – 2026-11"),
        ("quarter", 4, date(2026, 10, 1), date(2026, 12, 31), "2026 Q4"),
    ],
)
def test_the_period_a_day_lies_in(kind, fiscal, start, end, label):
    period = period_of(kind, DAY, fiscal)
    assert (period.start, period.end, period.label) == (start, end, label)


def test_a_custom_period_is_named_by_its_days():
    assert Period("custom", date(2026, 7, 4), DAY).label == "2026-07-04 – 2026-11-24"


def test_previous_periods():
    assert previous(period_of("quarter", date(2026, 2, 3))).label == "2025 Q4"
    assert previous(period_of("month", date(2026, 3, 31))).label == "2026-02"
    ten_days = Period("custom", date(2026, 3, 11), date(2026, 3, 20))
    assert previous(ten_days) == Period("custom", date(2026, 3, 1), date(2026, 3, 10))


def test_a_year_before():
    assert year_before(period_of("month", date(2025, 2, 1))).end == date(2024, 2, 29)
    leap = Period("custom", date(2024, 2, 29), date(2024, 3, 31))
    assert year_before(leap) == Period("custom", date(2023, 2, 28), date(2023, 3, 31))


def test_months_of_a_custom_period_stay_inside_it():
    months = months_of(Period("custom", date(2026, 1, 15), date(2026, 3, 31)))
    assert [month.label for month in months] == ["2026-01-15 – 2026-01-31", "2026-02", "2026-03"]


def test_months_from_a_day_and_before_it():
    assert months_from(date(2026, 1, 15), 2) == [date(2026, 1, 1), date(2026, 2, 1)]
    assert months_from(date(2026, 1, 15), -2) == [date(2025, 11, 1), date(2025, 12, 1)]
    assert months_from(DAY, 0) == []


@given(
    day=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    kind=st.sampled_from(["month", "quarter", "year"]),
    fiscal=st.integers(1, 12),
)
def test_periods_tile_the_calendar(day, kind, fiscal):
    period = period_of(kind, day, fiscal)
    assert period.start <= day <= period.end
    before = previous(period)
    assert before.end + timedelta(days=1) == period.start
    assert before == period_of(kind, before.end, fiscal)
    months = months_of(period)
    assert months[0].start == period.start
    assert months[-1].end == period.end
    assert month_start(period.start, len(months)) == period.end + timedelta(days=1)
