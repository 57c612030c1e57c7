"""When something returns and may be claimed again: numbers in, numbers out."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.pools.services import days

DATES = st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))


def work_day(day: dt.date) -> bool:
    return day.isoweekday() < 6


def march(day: int) -> dt.date:
    return dt.date(2026, 3, day)


def test_the_worked_example_of_a_pool() -> None:
    assert days.due_on(march(1), 15) == march(16)
    assert days.due_on(march(10), 15) == march(25), "a follow-up begins the days anew"
    assert days.claimable_from(march(16), 7) == march(23)
    assert days.remind_on(march(16), 3) == march(13)
    assert days.lowest(10, 20) == 10, "the limit over all and that of the pool"


@pytest.mark.parametrize(("limits", "holds"), [((None, None), None), ((None, 5), 5), ((0, 9), 0)])
def test_the_lower_limit_holds(limits: tuple[int | None, ...], holds: int | None) -> None:
    assert days.lowest(*limits) == holds


def test_working_days_leave_weekends_out() -> None:
    assert days.due_on(march(6), 1, work_day) == march(9), "from Friday to Monday"
    assert days.due_on(march(7), 1, work_day) == march(9)
    assert days.due_on(march(2), 10, work_day) == march(16)


@given(DATES, st.integers(1, 400), st.booleans())
def test_what_is_due_until_a_day_is_found_by_its_last_event(
    last: dt.date, number: int, of_work: bool
) -> None:
    rule = work_day if of_work else None
    due = days.due_on(last, number, rule)
    assert last <= days.latest_event(due, number, rule)
    assert days.due_on(days.latest_event(due, number, rule), number, rule) <= due
    before = due - dt.timedelta(days=1)
    assert last > days.latest_event(before, number, rule), "not a day too early"
