"""Rules that are numbers only, with the worked examples."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.crm.services.credits import parts
from plugins.crm.services.lines import line_amount
from plugins.crm.services.trees import closes_circle
from plugins.crm.services.velocity import conversion, expectation, sales_velocity
from plugins.crm.services.worth import cycle, weighted

K = Decimal(1000)


def test_r14_expectation_adds_what_is_won_to_what_is_weighted() -> None:
    deals = [(100 * K, Decimal(50)), (60 * K, Decimal(20)), (40 * K, Decimal(90))]
    found = expectation(50 * K, deals)
    assert found.weighted == 98 * K
    assert found.total == 148 * K
    assert round(found.deviation) == 56745


def test_r14_without_anything_nothing_is_expected() -> None:
    found = expectation(Decimal(0), [])
    assert (found.total, found.deviation) == (0, 0)


def test_r15_velocity() -> None:
    speed = sales_velocity(Decimal(40), 25 * K, Decimal("0.25"), Decimal(90))
    assert round(speed, 2) == Decimal("2777.78")
    assert round(speed * 90) == 250_000


def test_r15_a_fifth_less_time_is_a_quarter_more_speed() -> None:
    before, after = (
        sales_velocity(Decimal(40), 25 * K, Decimal("0.25"), Decimal(days)) for days in (90, 72)
    )
    assert round(after / before, 6) == Decimal("1.25")


@pytest.mark.parametrize(
    "levers",
    [
        (None, Decimal("0.25"), Decimal(90)),
        (25 * K, None, Decimal(90)),
        (25 * K, Decimal("0.25"), None),
        (25 * K, Decimal("0.25"), Decimal(0)),
    ],
)
def test_r15_an_unknown_lever_gives_no_velocity(levers: tuple[Decimal | None, ...]) -> None:
    assert sales_velocity(Decimal(40), *levers) is None


def test_r17_conversion_from_stage_to_stage() -> None:
    shares = conversion([100, 60, 30, 18])
    assert shares == [Decimal("0.6"), Decimal("0.5"), Decimal("0.6")]
    assert Decimal(18) / 100 == Decimal("0.18")
    assert conversion([0, 0]) == [None]


def test_r6_three_equal_parts() -> None:
    assert parts(1000_00, [Decimal(1)] * 3) == [333_34, 333_33, 333_33]
    assert parts(220_000_00, [Decimal(60), Decimal(40)]) == [132_000_00, 88_000_00]
    assert parts(None, [Decimal(60), Decimal(40)]) == [None, None]


def test_a_line_is_rounded_once() -> None:
    assert line_amount(Decimal(3), 33_35, Decimal(10)) == 90_05
    assert line_amount(Decimal("1.5"), 1_00, Decimal(0)) == 1_50
    assert line_amount(Decimal(-1), 10_00, Decimal(50)) == -5_00


def test_weighted_amounts_are_rounded_half_up() -> None:
    assert weighted(100_01, Decimal(50)) == 50_01
    assert weighted(None, Decimal(50)) is None
    assert weighted(100_00, None) == 0


def test_days_that_cannot_be_told_are_not_told() -> None:
    assert cycle(date(2017, 1, 1), date(2017, 3, 1)) == 59
    assert cycle(date(2017, 3, 1), date(2017, 3, 1)) == 0
    assert cycle(date(2017, 3, 2), date(2017, 3, 1)) is None
    assert cycle(None, date(2017, 3, 1)) is None


@given(st.lists(st.integers(0, 10), min_size=1, max_size=10), st.integers(0, 9))
def test_the_walk_up_a_tree_ends(parents: list[int], start: int) -> None:
    """Even where a circle is stored already."""
    tree = {number: parent or None for number, parent in enumerate(parents, 1)}
    found = closes_circle(99, start or None, tree.get)
    assert found is False


@given(st.lists(st.integers(1, 8), min_size=8, max_size=8))
def test_whatever_is_asked_in_turn_no_circle_comes_about(wishes: list[int]) -> None:
    parent: dict[int, int | None] = dict.fromkeys(range(1, 9))
    for child, wish in enumerate(wishes, 1):
        if not closes_circle(child, wish, parent.get):
            parent[child] = wish
    for child in parent:
        seen, at = set(), child
        while at is not None:
            assert at not in seen
            seen.add(at)
            at = parent[at]


@given(
    amount=st.integers(-(10**12), 10**12),
    given_=st.lists(st.integers(1, 1_000_000), max_size=8),
)
def test_credits_always_add_up(amount: int, given_: list[int]) -> None:
    """Whatever the shares, in ten-thousandths of a percent, and the rest."""
    taken: list[int] = []
    for share in given_:
        if sum(taken) + share <= 1_000_000:
            taken.append(share)
    percents = [Decimal(share).scaleb(-4) for share in (*taken, 1_000_000 - sum(taken))]
    found = parts(amount, [percent for percent in percents if percent])
    assert sum(found) == amount  # type: ignore[arg-type]
