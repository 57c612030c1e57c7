"""How sure a share, a median and a mean are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plugins.segments.services.statistics import mean, middle, share


def test_a_share_has_the_interval_of_the_worked_example() -> None:
    found = share(38, 50)
    assert found is not None and found.low is not None and found.high is not None
    assert (found.value, found.n) == (0.76, 50)
    assert (round(found.low, 3), round(found.high, 3)) == (0.626, 0.857)
    assert share(0, 0) is None


def test_all_of_a_few_is_not_sure() -> None:
    found = share(3, 3)
    assert found is not None and found.low is not None and round(found.low, 2) == 0.44


def test_a_median_of_a_few_has_no_interval_and_one_of_more_has_that_of_its_neighbours() -> None:
    assert middle([1, 9, 2]) == (2, None, None, 3)
    # Of ten the second and the ninth: 97.9 of 100.
    assert middle([float(i) for i in range(1, 11)]) == (5.5, 2, 9, 10)
    assert middle([]) is None and mean([]) is None
    assert mean([1, 2, 3]) == (2, None, None, 3)


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_share_lies_within_its_interval(asked: tuple[int, int]) -> None:
    found = share(*asked)
    assert found is not None and found.low is not None and found.high is not None
    assert 0 <= found.low <= found.value + 1e-12 and found.value - 1e-12 <= found.high <= 1


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60))
def test_a_median_lies_within_its_interval(values: list[float]) -> None:
    found = middle(values)
    assert found is not None
    if found.low is not None and found.high is not None:
        assert found.low <= found.value <= found.high
