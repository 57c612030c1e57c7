"""How sure a median and a mean are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plugins.segments.services.statistics import Alone, mean, middle


def test_a_mean_of_what_is_never_below_zero_is_not_either() -> None:
    one_large = mean([0.0] * 29 + [900.0])
    losses = mean([-900.0] + [0.0] * 29)
    assert one_large and one_large.low == 0.0
    assert losses and losses.low is not None and losses.low < 0


def test_a_median_of_a_few_has_no_interval_and_one_of_more_has_that_of_its_neighbours() -> None:
    assert middle([1, 9, 2]) == Alone(2, 3)
    # Of ten the second and the ninth: 97.9 of 100.
    assert middle([float(i) for i in range(1, 11)]) == (5.5, 2, 9, 10)
    assert middle([]) is None and mean([]) is None
    assert mean([1, 2, 3]) == Alone(2, 3)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60))
def test_a_median_lies_within_its_interval(values: list[float]) -> None:
    found = middle(values)
    assert found is not None
    if not isinstance(found, Alone):
        assert found.low <= found.value <= found.high
