"""Lifetime value by its conventions, and points of health, as numbers in and out."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.segments.services import clv
from plugins.segments.services.health_rules import Part, points, score

M, R, D = Decimal(2_000), Decimal("0.8"), Decimal("0.1")


def test_each_convention_gives_its_value_of_the_worked_example() -> None:
    assert round(clv.end_of_period(M, R, D)) == 5_333
    assert round(clv.start_of_period(M, R, D)) == 7_333
    assert round(clv.undiscounted(M, R)) == 10_000
    assert round(clv.within(M, R, D, 5)) == 5_841
    # Revenue in place of margin is another thing.
    assert round(clv.undiscounted(Decimal(8_000), R)) == 40_000


def test_who_stays_for_ever_is_worth_no_number() -> None:
    with pytest.raises(ZeroDivisionError):
        clv.undiscounted(M, Decimal(1))


SHARE = st.decimals("0.01", "0.9", places=2)


@given(SHARE, st.decimals("0.01", "0.5", places=2))
def test_years_without_limit_come_to_the_sum_of_many(retention: Decimal, rate: Decimal) -> None:
    whole = clv.start_of_period(M, retention, rate)
    assert clv.within(M, retention, rate, 40) <= whole + Decimal("0.001")
    assert abs(clv.within(M, retention, rate, 400) - whole) < Decimal("0.01")
    assert clv.end_of_period(M, retention, rate) == pytest.approx(whole - M)


def test_points_lie_on_the_line_between_none_and_all() -> None:
    def of(value: int) -> int:
        return points(Decimal(value), none=Decimal(120), full=Decimal(20))

    assert [of(value) for value in (0, 20, 45, 70, 120, 400)] == [100, 100, 75, 50, 0, 0]
    assert points(Decimal(2), none=Decimal(0), full=Decimal(4)) == 50
    assert points(Decimal(3), none=Decimal(3), full=Decimal(3)) == 100


def test_what_is_not_known_weighs_nothing() -> None:
    known = [Part("contact", Decimal(45), 80, 30), Part("breadth", Decimal(1), 20, 10)]
    assert score(known) == 65
    assert score([*known, Part("trend", Decimal(0), 0, 0)]) == 65
    assert score([]) is None


PARTS = st.lists(st.builds(Part, st.just("x"), st.just(Decimal(1)), st.integers(0, 100),
                           st.integers(0, 50)), max_size=6)  # fmt: skip


@given(PARTS)
def test_health_lies_between_the_least_and_the_most_points(parts: list[Part]) -> None:
    found, weighed = score(parts), [part.points for part in parts if part.weight]
    assert (found is None) == (not weighed)
    if found is not None:
        assert min(weighed) <= found <= max(weighed)
