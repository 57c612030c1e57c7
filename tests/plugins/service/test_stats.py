"""Satisfaction and recommendation by the worked examples."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.service.services import stats
from plugins.service.services.answering import themes_of
from plugins.service.services.satisfaction import Tally


def test_nps_of_two_hundred() -> None:
    found = stats.nps(110, 30, 200)
    assert found is not None
    assert (found.n, round(found.value, 1)) == (200, 40.0)
    assert (round(found.low, 1), round(found.high, 1)) == (29.8, 50.2)


def test_of_nothing_there_is_no_figure() -> None:
    assert stats.nps(0, 0, 0) is None


@given(st.integers(1, 500), st.data())
def test_the_interval_holds_the_figure_and_stays_in_bounds(n: int, data: st.DataObject) -> None:
    p = data.draw(st.integers(0, n))
    d = data.draw(st.integers(0, n - p))
    score = stats.nps(p, d, n)
    assert score is not None
    assert -100 <= score.low <= score.value <= score.high <= 100


@pytest.mark.parametrize(
    ("text", "themes"),
    [("price, delivery", ["price", "delivery"]), ("交付，价格、交付", ["交付", "价格"]), ("", []),
     (" , ", [])],
)  # fmt: skip
def test_themes(text: str, themes: list[str]) -> None:
    assert themes_of(text) == themes


def test_a_team_is_counted_from_answers_and_not_from_people() -> None:
    """3 of 3 and 1 of 9 are 4 of 12, not the mean of 100 % and 11 %."""
    team = Tally("Team", csat_n=12, satisfied=4)
    assert team.csat is not None
    assert round(team.csat.value, 3) == 0.333
    assert not team.is_enough
