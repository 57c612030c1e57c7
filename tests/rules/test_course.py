"""What was due by each day, in worked figures of June 2025."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from core.calendar.calendar import WorkCalendar
from plugins.targets.services.attainment import Clock, Goal
from plugins.targets.services.course import Course, days_of, points_of
from plugins.targets.services.drawing import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, drawing
from plugins.targets.services.periods import Period, period_of

JUNE = Period("month", date(2025, 6, 1), date(2025, 6, 30))
QUARTER = period_of("quarter", date(2025, 6, 1))


def clock(country: str = "", as_of: date = date(2025, 6, 13)) -> Clock:
    days = WorkCalendar(frozenset({1, 2, 3, 4, 5}), country, {}).work_days
    return Clock(days=days, as_of=as_of, proration_days=days)


def goal(period: Period, value: int) -> Goal:
    return Goal(id=value, who=("user", 1), period=period, value=Decimal(value))


def test_due_goes_by_working_days_and_stands_still_on_weekends() -> None:
    brought = {date(2025, 6, 3): Decimal(84_000)}
    points = points_of(days_of(JUNE), brought, [[goal(JUNE, 210_000)]], JUNE, clock())
    by_day = {point.day.day: point for point in points}
    assert [by_day[day].expected for day in (1, 2, 13, 14, 15, 16, 30)] == [
        0, 10_000, 100_000, 100_000, 100_000, 110_000, 210_000,
    ]  # fmt: skip
    assert [by_day[day].actual for day in (2, 3, 13, 14)] == [0, 84_000, 84_000, None]


def test_holidays_and_make_up_days_count_as_they_are_worked() -> None:
    """China, October 2025: 28 September is worked, 1 to 8 October are not, 11 October is."""
    period = Period("custom", date(2025, 9, 28), date(2025, 10, 11))
    points = points_of(days_of(period), {}, [[goal(period, 600)]], period, clock("CN", period.end))
    due = [Decimal(0), *(point.expected or Decimal(0) for point in points)]
    steps = [after - before for before, after in pairwise(due)]
    assert steps == [100, 100, 100, 0, 0, 0, 0, 0, 0, 0, 0, 100, 100, 100]


def test_smaller_targets_inside_declare_the_season() -> None:
    """A quarter of 600 whose months are planned as 1 : 1 : 4."""
    months = [period_of("month", date(2025, month, 1)) for month in (4, 5, 6)]
    goals = [goal(QUARTER, 600), *map(goal, months, (100, 100, 400))]
    points = {p.day: p for p in points_of(days_of(QUARTER), {}, [goals], QUARTER, clock())}
    assert points[date(2025, 5, 31)].expected == 200
    assert points[QUARTER.end].expected == 600
    even = points_of(days_of(QUARTER), {}, [goals[:1]], QUARTER, clock())
    assert round({p.day: p for p in even}[date(2025, 5, 31)].expected or 0) == 406


def test_long_periods_are_shown_by_week_and_end_with_their_last_day() -> None:
    year = period_of("year", JUNE.start)
    found = days_of(year)
    assert (len(found), found[0], found[-1]) == (53, date(2025, 1, 7), date(2025, 12, 31))
    assert len(days_of(QUARTER)) == 91


def test_the_picture_stays_in_its_frame_and_starts_at_nothing() -> None:
    brought = {JUNE.start + timedelta(days=n): Decimal(n * 1000) for n in range(12)}
    points = points_of(days_of(JUNE), brought, [[goal(JUNE, 50_000)]], JUNE, clock())
    made = drawing(Course(points=points, quota=Decimal(50_000), source="own"), JUNE.start)
    assert made is not None
    assert made.actual.startswith(f"{LEFT},{HEIGHT - BOTTOM} ")
    places = [tuple(map(float, each.split(","))) for each in made.actual.split()]
    assert all(LEFT <= x <= WIDTH - RIGHT and TOP <= y <= HEIGHT - BOTTOM for x, y in places)
    assert len(places) == 14 and made.today == places[-1][0]
    assert made.expected.split()[-1].startswith(f"{WIDTH - RIGHT},")
    nothing = [point for point in points if point.actual is None]
    assert drawing(Course(points=nothing, quota=Decimal(0), source="none"), JUNE.start) is not None
    assert drawing(Course(points=points_of([JUNE.end], {}, [], JUNE, clock()), quota=None,
                          source="none"), JUNE.start) is None  # fmt: skip
