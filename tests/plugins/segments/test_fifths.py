"""Scores from 1 to 5 by rank, and what their cells are called."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from plugins.segments.services.cells import CELLS, cell_of
from plugins.segments.services.fifths import by_cuts, cuts, scores

DAYS = (3, 10, 10, 25, 40, 60, 90, 120, 200, 400)


def test_recency_of_the_worked_example() -> None:
    found = scores(dict(enumerate(DAYS)), less_is_better=True)
    assert list(found.values()) == [5, 4, 4, 4, 3, 3, 2, 2, 1, 1]


def test_who_has_bought_once_like_most_others_has_the_lowest_score() -> None:
    found = scores(dict(enumerate((1, 1, 1, 1, 1, 1, 2, 3, 5, 9))))
    assert list(found.values()) == [1, 1, 1, 1, 1, 1, 4, 4, 5, 5]


def test_limits_that_are_kept_give_the_same_and_hold_when_others_change() -> None:
    limits = cuts(DAYS, less_is_better=True)
    assert limits == [120, 60, 25, 3]
    assert [by_cuts(day, limits, less_is_better=True) for day in DAYS] == [
        5, 4, 4, 4, 3, 3, 2, 2, 1, 1,
    ]  # fmt: skip
    assert by_cuts(59, limits, less_is_better=True) == 3


VALUES = st.lists(st.integers(-50, 50), min_size=1, max_size=40)


@given(VALUES, st.booleans())
def test_equals_share_better_is_never_less_and_order_does_not_matter(
    values: list[int], less: bool
) -> None:
    found = scores(dict(enumerate(values)), less_is_better=less)
    by_value: dict[int, set[int]] = {}
    for key, score in found.items():
        by_value.setdefault(values[key], set()).add(score)
    assert all(len(each) == 1 for each in by_value.values())
    ordered = sorted(by_value, reverse=less)
    assert [*by_value] and sorted(found.values()) == sorted(
        scores(dict(enumerate(reversed(values))), less_is_better=less).values()
    )
    points = [next(iter(by_value[value])) for value in ordered]
    assert points == sorted(points) and points[0] == 1
    limits = cuts(values, less_is_better=less)
    assert [by_cuts(each, limits, less_is_better=less) for each in values] == [
        found[i] for i in range(len(values))
    ]


def test_every_score_has_a_cell() -> None:
    known = {each.value for each in CELLS}
    used = {
        cell_of(r, f, m, is_new=new)
        for r, f, m, new in product(range(1, 6), range(1, 6), range(1, 6), (False, True))
    }
    assert used == known
    assert cell_of(5, 5, 4) == "champions" and cell_of(2, 4, 4) == "at_risk"
    # New customers are not called weak for having ordered once; old ones are.
    assert cell_of(5, 1, 1, is_new=True) == "new" and cell_of(5, 1, 1) == "promising"
    assert cell_of(1, 1, 1) == "lost" and cell_of(1, 5, 5) == "cannot_lose"
