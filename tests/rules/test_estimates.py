"""How sure a share is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plugin_api.estimates import share


def test_a_share_has_the_interval_of_the_worked_example() -> None:
    found = share(38, 50)
    assert found is not None
    assert (found.value, found.n) == (0.76, 50)
    assert (round(found.low, 3), round(found.high, 3)) == (0.626, 0.857)
    assert share(0, 0) is None


def test_all_of_a_few_is_not_sure() -> None:
    found = share(3, 3)
    assert found is not None and round(found.low, 2) == 0.44


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_share_lies_within_its_interval(asked: tuple[int, int]) -> None:
    found = share(*asked)
    assert found is not None
    assert 0 <= found.low <= found.value + 1e-12 and found.value - 1e-12 <= found.high <= 1
