"""Which days a company works."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendar.calendar import WorkCalendar, public_days

MONDAY_TO_FRIDAY = frozenset({1, 2, 3, 4, 5})
SUNDAY_TO_THURSDAY = frozenset({7, 1, 2, 3, 4})
EVERY_DAY = frozenset(range(1, 8))


def calendar(country="", week=MONDAY_TO_FRIDAY, own=None):
    return WorkCalendar(week, country, own or {})


@pytest.mark.parametrize(
    "day", ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]
)
def test_china_works_on_make_up_days_of_2026(day):
    made_up = date.fromisoformat(day)
    assert made_up.isoweekday() in {6, 7}
    assert calendar("CN").is_work_day(made_up)


@pytest.mark.parametrize(
    "day", ["2026-01-01", "2026-02-16", "2026-02-23", "2026-05-05", "2026-10-01", "2026-10-07"]
)
def test_china_rests_on_public_and_substitute_days_of_2026(day):
    assert not calendar("CN").is_work_day(date.fromisoformat(day))


def test_october_2026_in_china_has_eighteen_working_days():
    # 22 week days, minus five of them in the National Day week, plus Saturday the 10th.
    assert calendar("CN").work_days(date(2026, 10, 1), date(2026, 10, 31)) == 18
    assert calendar().work_days(date(2026, 10, 1), date(2026, 10, 31)) == 22


def test_june_2025_has_21_week_days_of_which_10_have_passed_on_the_13th():
    june = calendar()
    assert june.work_days(date(2025, 6, 1), date(2025, 6, 30)) == 21
    assert june.work_days(date(2025, 6, 1), date(2025, 6, 13)) == 10


def test_second_quarter_of_2025_has_65_week_days_of_which_32_are_left_from_16_may():
    assert calendar().work_days(date(2025, 4, 1), date(2025, 6, 30)) == 65
    assert calendar().work_days(date(2025, 5, 16), date(2025, 6, 30)) == 32


def test_other_work_weeks():
    week = calendar(week=SUNDAY_TO_THURSDAY)
    assert week.is_work_day(date(2026, 11, 22))
    assert not week.is_work_day(date(2026, 11, 20))
    assert week.work_days(date(2026, 11, 1), date(2026, 11, 30)) == 22
    assert calendar(week=EVERY_DAY).work_days(date(2026, 1, 1), date(2026, 12, 31)) == 365


def test_the_companys_own_days_have_the_last_word():
    own = {date(2026, 10, 10): False, date(2026, 10, 7): True, date(2026, 10, 20): False}
    here = calendar("CN", own=own)
    assert not here.is_work_day(date(2026, 10, 10))
    assert here.is_work_day(date(2026, 10, 7))
    assert not here.is_work_day(date(2026, 10, 20))
    assert here.work_days(date(2026, 10, 1), date(2026, 10, 31)) == 17


def test_a_country_without_published_holidays_has_its_work_week():
    assert public_days("XX", 2026) == {}
    assert public_days("", 2026) == {}
    assert calendar("XX").is_work_day(date(2026, 1, 1))


def test_a_year_not_announced_yet_has_the_statutory_days():
    assert not calendar("CN").is_work_day(date(2027, 10, 1))
    assert not any(public_days("CN", 2027).values())


def test_another_countrys_holidays():
    assert not calendar("us").is_work_day(date(2026, 11, 26))
    assert calendar("DE").is_work_day(date(2026, 11, 26))


def test_no_days_when_the_end_is_before_the_start():
    assert calendar().work_days(date(2026, 3, 2), date(2026, 3, 1)) == 0


days = st.dates(date(2023, 1, 1), date(2028, 12, 31))


@given(start=days, length=st.integers(0, 800), country=st.sampled_from(["", "CN", "US", "DE"]))
def test_the_count_is_that_of_the_days_one_by_one(start, length, country):
    here = calendar(country)
    every = [start + timedelta(days=n) for n in range(length)]
    assert here.work_days(start, start + timedelta(days=length - 1)) == sum(
        here.is_work_day(day) for day in every
    )
