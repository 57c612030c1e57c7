"""Splits sum to the whole, to the cent."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin_api.money import allocate
from plugins.targets.services.split import (
    Split,
    season,
    split_around,
    split_by_history,
    split_evenly,
)

totals = st.integers(-(10**14), 10**14)
weights = st.lists(
    st.one_of(st.integers(0, 10**9), st.decimals("0", "1000000", places=4)), min_size=1, max_size=60
).filter(sum)


def test_a_million_over_twelve_months_loses_no_cent():
    parts = allocate(1_000_000_00, [1] * 12)
    assert parts == [83_333_34] * 4 + [83_333_33] * 8
    assert sum(parts) == 1_000_000_00


def test_a_thousand_in_three_equal_parts():
    assert allocate(1_000_00, [1, 1, 1]) == [333_34, 333_33, 333_33]


def test_the_largest_remainder_takes_the_cent():
    assert allocate(100, [Decimal("1"), Decimal("2"), Decimal("4")]) == [14, 29, 57]


@pytest.mark.parametrize("bad", [[], [0, 0], [1, -1]])
def test_weights_that_say_nothing_are_refused(bad):
    with pytest.raises(ValueError, match="weights"):
        allocate(100, bad)


@given(totals, weights)
def test_parts_sum_to_the_total_and_stay_within_one_of_their_share(total, given_weights):
    parts = allocate(total, given_weights)
    assert sum(parts) == total
    whole = sum(given_weights)
    for part, weight in zip(parts, given_weights, strict=True):
        assert abs(part - Decimal(total) * weight / whole) < 1


@given(totals, weights)
def test_a_negative_total_splits_like_its_opposite(total, given_weights):
    assert allocate(-total, given_weights) == [-part for part in allocate(total, given_weights)]


@given(st.integers(0, 10**12), st.integers(1, 200))
def test_even_parts_differ_by_one_at_most(total, count):
    split = split_evenly(total, count)
    assert split.remainder == 0
    assert max(split.parts) - min(split.parts) <= 1


def test_a_split_by_last_periods_actual():
    history = [Decimal(600_000), Decimal(0), Decimal(300_000), Decimal(-50_000)]
    assert split_by_history(1_000_00, history).parts == (666_67, 0, 333_33, 0)


def test_a_split_by_a_history_of_nothing_is_refused():
    with pytest.raises(ValueError, match="weights"):
        split_by_history(100, [Decimal(0), Decimal(0)])


def test_what_is_not_handed_out_is_shown():
    assert Split(100, (30, 30)).remainder == 40
    assert Split(100, (70, 40)).remainder == -10


def test_what_was_set_by_hand_stays_and_the_others_share_the_rest():
    found = split_around(1_000_000_00, [None, 100_000_00, *[None] * 10], [1] * 12)
    assert found.parts[1] == 100_000_00
    assert found.remainder == 0
    assert found.parts.count(81_818_18) == 9
    assert found.parts.count(81_818_19) == 2
    assert sum(found.parts) == 1_000_000_00


def test_kept_parts_that_are_more_than_the_whole_are_not_touched():
    found = split_around(100, [80, 50, None], [1, 1, 1])
    assert (found.parts, found.remainder) == ((80, 50, 0), -30)


def test_all_kept_leaves_a_remainder():
    assert split_around(100, [30, 40], [0, 0]).remainder == 30
    with pytest.raises(ValueError, match="weights"):
        split_around(100, [30, None], [1, 0])
    with pytest.raises(ValueError, match="nobody"):
        split_around(100, [], [])


def test_a_season_is_the_mean_share_of_earlier_years():
    years = [[Decimal(10), Decimal(30)], [Decimal(300), Decimal(100)], [Decimal(0), Decimal(0)]]
    assert season(years) == [Decimal("0.5"), Decimal("0.5")]
    assert season([[Decimal(-5), Decimal(5)]]) == [0, 1]
    assert season([[Decimal(0)]]) == []


@given(
    total=st.integers(0, 10**12),
    parts=st.lists(st.tuples(st.one_of(st.none(), st.integers(0, 10**9)), st.integers(1, 10**6)),
                   min_size=1, max_size=40),
)  # fmt: skip
def test_parts_are_the_whole_less_what_is_left_and_kept_ones_are_as_before(total, parts):
    kept, given_weights = [part for part, _w in parts], [weight for _p, weight in parts]
    found = split_around(total, kept, given_weights)
    assert sum(found.parts) + found.remainder == total
    held = sum(part for part in kept if part is not None)
    if None in kept and held <= total:
        assert found.remainder == 0
    for part, before in zip(found.parts, kept, strict=True):
        assert part == before or (before is None and part >= 0)
