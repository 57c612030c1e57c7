"""A joiner's share of a target."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from core.calendar.calendar import WorkCalendar
from plugin_api.money import round_half_up
from plugins.targets.services.proration import active_window, calendar_days, prorate

QUOTA = Decimal(120_000_00)
START, END = date(2025, 4, 1), date(2025, 6, 30)
weekdays = WorkCalendar(frozenset({1, 2, 3, 4, 5}), "", {}).work_days


def test_second_quarter_by_calendar_days_for_who_joined_on_16_may():
    assert round_half_up(prorate(QUOTA, START, END, joined=date(2025, 5, 16))) == 60_659_34


def test_second_quarter_by_working_days_for_who_joined_on_16_may():
    joined = date(2025, 5, 16)
    assert round_half_up(prorate(QUOTA, START, END, joined=joined, days=weekdays)) == 59_076_92


def test_who_was_there_before_and_after_has_the_whole_quota():
    there = prorate(QUOTA, START, END, joined=date(2020, 1, 1), left=date(2030, 1, 1))
    assert there == QUOTA == prorate(QUOTA, START, END)


def test_who_was_never_there_has_none():
    assert prorate(QUOTA, START, END, joined=date(2025, 7, 1)) == 0
    assert prorate(QUOTA, START, END, left=date(2025, 3, 31)) == 0


def test_a_period_without_a_day_that_counts_keeps_its_quota():
    saturday = date(2025, 6, 7)
    assert prorate(QUOTA, saturday, saturday, days=weekdays) == QUOTA


def test_the_active_part_of_a_period():
    assert active_window(START, END, date(2025, 5, 16), date(2025, 6, 1)) == (
        date(2025, 5, 16),
        date(2025, 6, 1),
    )


@given(
    quota=st.integers(0, 10**12),
    length=st.integers(1, 400),
    cut=st.integers(0, 400),
    days=st.sampled_from([calendar_days, weekdays]),
)
def test_the_leaver_and_the_successor_share_the_whole(quota, length, cut, days):
    end = START + timedelta(days=length - 1)
    handover = START + timedelta(days=min(cut, length))
    if not days(START, end):
        return
    leaver = prorate(Decimal(quota), START, end, left=handover - timedelta(days=1), days=days)
    successor = prorate(Decimal(quota), START, end, joined=handover, days=days)
    assert round_half_up(leaver + successor) == quota
