"""Ready periods of date filters."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.views.periods import month_start, ready_periods


def spans(today: date, fiscal: int) -> list[tuple[date, date]]:
    return [(period.start, period.end) for period in ready_periods(today, fiscal)]


def test_calendar_year() -> None:
    assert spans(date(2026, 11, 24), 1) == [
        (date(2026, 10, 1), date(2026, 10, 31)),
        (date(2026, 11, 1), date(2026, 11, 30)),
        (date(2026, 12, 1), date(2026, 12, 31)),
        (date(2026, 10, 1), date(2026, 12, 31)),
        (date(2027, 1, 1), date(2027, 3, 31)),
        (date(2026, 1, 1), date(2026, 12, 31)),
    ]


def test_fiscal_year_from_april() -> None:
    year = spans(date(2026, 2, 10), 4)[-1]
    assert year == (date(2025, 4, 1), date(2026, 3, 31))
    assert spans(date(2026, 2, 10), 4)[3] == (date(2026, 1, 1), date(2026, 3, 31))


def test_months_cross_years() -> None:
    assert month_start(date(2026, 1, 31), -1) == date(2025, 12, 1)
    assert month_start(date(2026, 12, 5), 1) == date(2027, 1, 1)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 12))
def test_the_periods_fit_each_other(today: date, fiscal: int) -> None:
    last, this, following, quarter, next_quarter, year = spans(today, fiscal)
    assert last[1] + timedelta(days=1) == this[0]
    assert this[1] + timedelta(days=1) == following[0]
    assert quarter[1] + timedelta(days=1) == next_quarter[0]
    for start, end in (this, quarter, year):
        assert start <= today <= end
    assert year[0].month == fiscal
