"""Scores, places, oddities and votes as plain functions."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from plugins.rewards.rules.gaming import Course, Fact, flags
from plugins.rewards.rules.scoring import base, handicapped, places
from plugins.rewards.rules.voting import count

SCORES = st.dictionaries(st.integers(1, 9), st.none() | st.integers(-5, 9).map(Decimal))


def test_who_improves_most_wins_by_history() -> None:
    figures = {"ann": Decimal(120), "bo": Decimal(60), "new": Decimal(50)}
    bases = {"ann": base([Decimal(110), Decimal(90)]), "bo": base([Decimal(40)]), "new": base([])}
    scores = handicapped(figures, bases)
    # Ann 120 % of 100, Bo 150 % of 40; who is new is measured by the middle of both, 70.
    assert scores["ann"] == 120 and scores["bo"] == 150
    assert round(scores["new"] or 0) == 71
    assert places(scores) == {"bo": 1, "ann": 2, "new": 3}
    assert handicapped({"new": Decimal(5)}, {"new": None}) == {"new": None}
    assert base([Decimal(-5), Decimal(5)]) is None


def test_equal_scores_share_a_place_and_nothing_wins_nothing() -> None:
    scores = {1: Decimal(5), 2: Decimal(5), 3: Decimal(4), 4: Decimal(0), 5: None}
    assert places(scores) == {1: 1, 2: 1, 3: 3, 4: None, 5: None}


@given(SCORES)
def test_a_higher_score_never_has_a_later_place(scores: dict[int, Decimal | None]) -> None:
    found = places(scores)
    for one, place in found.items():
        higher = sum(1 for s in scores.values() if s is not None and s > (scores[one] or 0))
        assert place is None or place == higher + 1


def keys(**given: object) -> list[str]:
    plain = {"during": Decimal(100), "later": Decimal(100), "base": Decimal(80)} | given
    return [each["key"] for each in flags(Course(**plain))]  # type: ignore[arg-type]


def test_what_looks_odd() -> None:
    day = date(2025, 3, 1)
    assert keys() == []
    assert keys(later=Decimal(70)) == ["cancelled"]
    half = {"after_days": 15, "after_share": Decimal("0.5")}
    assert keys(after=Decimal(10), **half) == ["pulled"]
    # As usual afterwards, too early to say, no history, or no more than usual in the contest.
    assert keys(after=Decimal(30), **half) == []
    assert keys(after=Decimal(0), after_days=3, after_share=Decimal("0.1")) == []
    assert keys(after=Decimal(0), base=None, **half) == []
    assert keys(during=Decimal(80), later=Decimal(80), after=Decimal(0), **half) == []
    large = [Fact(day - timedelta(days=i), Decimal(50)) for i in (20, 40, 60)]
    small = [Fact(day + timedelta(days=i), Decimal(20)) for i in range(5)]
    assert keys(is_money=True, facts=small, before=large, spans=3) == ["split"]
    assert keys(is_money=True, facts=large, before=large, spans=1) == []
    many = [Fact(day, Decimal(1))] * 5
    assert keys(facts=many, before=large) == ["bunched"]
    assert keys(facts=many, before=many) == []


def test_a_flag_names_its_numbers() -> None:
    found = flags(Course(during=Decimal(100), later=Decimal("70.50"), base=None))
    assert found == [{"key": "cancelled", "lost": "29.50"}]


def test_votes_are_counted() -> None:
    assert count({7: 2, 9: 1}, 3) == ("won", (7,), 3)
    assert count({7: 2, 9: 2}, 3) == ("tie", (7, 9), 4)
    assert count({7: 2}, 3).outcome == "quorum"
    assert count({7: 0}, 1) == ("none", (), 0)
