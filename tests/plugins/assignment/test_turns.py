"""Whose turn it is: numbers in, numbers out."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from plugin_api.turns import Taker, expected, in_turns, to_the_least


def serve(takers: list[Taker], number: int) -> Counter[int]:
    """Who got how much of so many records."""
    found = Counter[int]()
    for _step in range(number):
        served = in_turns(takers)
        assert served is not None
        found[served.user_id] += 1
    return found


def test_three_members_four_leads_a_run_thirty_runs() -> None:
    kept = [Taker(1), Taker(2), Taker(3)]
    total = Counter[int]()
    for _run in range(30):
        total += serve(kept, 4)
    assert total == {1: 40, 2: 40, 3: 40}
    restarted = Counter[int]()
    for _run in range(30):
        restarted += serve([Taker(1), Taker(2), Taker(3)], 4)
    assert restarted == {1: 60, 2: 30, 3: 30}, "what a cursor that is not kept does"


def test_one_lead_a_run() -> None:
    kept = [Taker(1), Taker(2), Taker(3)]
    total = Counter[int]()
    for _run in range(30):
        total += serve(kept, 1)
    assert total == {1: 10, 2: 10, 3: 10}


def test_turns_mix_by_weight() -> None:
    takers = [Taker(1, 3), Taker(2, 2), Taker(3, 1)]
    order = [in_turns(takers) for _step in range(6)]
    assert [each.user_id for each in order if each] == [1, 2, 1, 3, 2, 1]


def test_nobody_gets_anything_without_weight() -> None:
    assert in_turns([Taker(1, 0), Taker(2, 0)]) is None
    assert to_the_least([]) is None
    assert serve([Taker(1, 0), Taker(2, 1)], 3) == {2: 3}


def test_who_is_new_is_not_flooded_and_who_was_away_does_not_catch_up() -> None:
    takers = [Taker(1), Taker(2)]
    serve(takers, 100)
    takers.append(Taker(3))
    assert serve(takers, 6) == {1: 2, 2: 2, 3: 2}
    away, rest = takers[0], takers[1:]
    serve(rest, 50)
    assert serve([away, *rest], 6) == {1: 2, 2: 2, 3: 2}


def test_who_has_the_least_open_is_served() -> None:
    takers = [Taker(1, open=5), Taker(2, open=3), Taker(3, weight=2, open=6)]
    order = []
    for _step in range(4):
        served = to_the_least(takers)
        assert served is not None
        served.open += 1
        order.append(served.user_id)
    assert sorted(order) == [2, 2, 3, 3], "3 of 1 and 6 of 2 are the same"


@given(st.lists(st.integers(0, 9), min_size=1, max_size=6), st.integers(1, 80))
def test_nobody_is_ever_a_whole_turn_off(weights: list[int], number: int) -> None:
    takers = [Taker(i, weight) for i, weight in enumerate(weights)]
    if not sum(weights):
        assert in_turns(takers) is None
        return
    got = serve(takers, number)
    assert sum(got.values()) == number
    for i, weight in enumerate(weights):
        assert abs(got[i] - Fraction(number * weight, sum(weights))) < len(weights)
    assert sum(taker.credit for taker in takers) == 0


def test_what_is_expected_goes_by_who_was_there() -> None:
    shares = [{"1": 1, "2": 1}, {"1": 1}, {"1": 2, "2": 1}]
    assert expected(shares) == {1: Fraction(1, 2) + 1 + Fraction(2, 3), 2: Fraction(5, 6)}
    assert expected([{}]) == {}
