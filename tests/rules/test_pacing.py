"""Attainment and pace on working days."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendar.calendar import WorkCalendar
from plugin_api.money import round_half_up
from plugins.targets.services.pacing import Pacing
from plugins.targets.services.proration import calendar_days

JUNE = (date(2025, 6, 1), date(2025, 6, 30))
TODAY = date(2025, 6, 13)
weekdays = WorkCalendar(frozenset({1, 2, 3, 4, 5}), "", {}).work_days


def june(days):
    return Pacing(
        actual=Decimal(84_000_00),
        quota=Decimal(210_000_00),
        elapsed=days(JUNE[0], TODAY),
        total=days(*JUNE),
    )


def test_june_2025_on_working_days():
    pacing = june(weekdays)
    assert (pacing.elapsed, pacing.total, pacing.remaining) == (10, 21, 11)
    assert pacing.attainment == Decimal("0.4")
    assert pacing.expected == 100_000_00
    assert pacing.pace == Decimal("0.84")
    assert pacing.run_rate == 176_400_00
    assert pacing.gap == 126_000_00
    assert round_half_up(pacing.needed_per_day) == 11_454_55


def test_june_2025_on_calendar_days_would_flatter():
    pacing = june(calendar_days)
    assert pacing.pace.quantize(Decimal("0.01")) == Decimal("0.92")
    assert round_half_up(pacing.run_rate / 100) == 193_846


@pytest.mark.parametrize("quota", [None, Decimal(0)])
def test_without_a_quota_there_is_nothing_to_attain(quota):
    pacing = Pacing(actual=Decimal(5), quota=quota, elapsed=10, total=20)
    assert pacing.attainment is None
    assert pacing.expected is None
    assert pacing.pace is None
    assert pacing.gap is None
    assert pacing.needed_per_day is None
    assert pacing.run_rate == 10


def test_before_the_period_starts_there_is_no_pace():
    pacing = Pacing(actual=Decimal(0), quota=Decimal(100), elapsed=0, total=20)
    assert pacing.attainment == 0
    assert pacing.pace is None
    assert pacing.run_rate is None
    assert pacing.needed_per_day == 5


def test_after_the_period_nothing_can_be_caught_up():
    pacing = Pacing(actual=Decimal(90), quota=Decimal(100), elapsed=20, total=20)
    assert pacing.pace == pacing.attainment == Decimal("0.9")
    assert pacing.run_rate == 90
    assert pacing.needed_per_day is None


def test_a_target_that_is_passed_needs_nothing_more():
    pacing = Pacing(actual=Decimal(120), quota=Decimal(100), elapsed=10, total=20)
    assert pacing.gap == -20
    assert pacing.needed_per_day == 0


def test_a_ratio_is_not_spread_over_days():
    pacing = Pacing(actual=Decimal(30), quota=Decimal(40), elapsed=5, total=20, additive=False)
    assert pacing.attainment == pacing.pace == Decimal("0.75")
    assert pacing.expected == 40
    assert pacing.run_rate is None
    assert pacing.needed_per_day is None


def test_a_ratio_of_nothing_has_no_attainment():
    assert Pacing(actual=None, quota=Decimal(40), elapsed=5, total=20).attainment is None


def test_a_period_without_working_days_is_due_at_once():
    assert Pacing(actual=Decimal(1), quota=Decimal(4), elapsed=0, total=0).expected == 4


@given(
    actual=st.integers(0, 10**12),
    quota=st.integers(1, 10**12),
    total=st.integers(1, 366),
    data=st.data(),
)
def test_pace_is_attainment_over_the_share_elapsed(actual, quota, total, data):
    elapsed = data.draw(st.integers(1, total))
    pacing = Pacing(actual=Decimal(actual), quota=Decimal(quota), elapsed=elapsed, total=total)
    share = Decimal(elapsed) / total
    assert abs(pacing.pace - pacing.attainment / share) <= Decimal("1e-15") * (1 + pacing.pace)
    assert abs(pacing.run_rate - pacing.pace * quota) <= Decimal("1e-12") * (1 + actual)
    if pacing.remaining:
        reached = actual + pacing.needed_per_day * pacing.remaining
        assert reached >= quota - Decimal("0.001")


def test_weights_with_a_cap_and_a_target_that_says_nothing():
    from plugins.targets.services.standing import achieved, weighted

    three = [(Decimal(40), Decimal("1.1")), (Decimal(30), Decimal("0.8")),
             (Decimal(30), Decimal("1.5"))]  # fmt: skip
    assert weighted(three) == Decimal("1.13")
    assert weighted(three, Decimal("1.2")) == Decimal("1.04")
    left_out = [*three[:2], (Decimal(30), None)]
    assert round(weighted(left_out) or 0, 4) == Decimal("0.9714")
    assert weighted([(Decimal(1), None)]) is None
    complaints = Pacing(actual=Decimal(12), quota=Decimal(10), elapsed=1, total=1)
    assert achieved(complaints, "down") == Decimal("0.8")
    assert achieved(complaints, "up") == Decimal("1.2")
