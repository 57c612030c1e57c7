"""The rules alone: weights, scores, pairs, what lacks, what changed, where a radar goes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.swot.services import radar, scoring
from plugins.swot.services.comparing import Seen, changes, standing, totals
from plugins.swot.services.readiness import Said, lacks
from plugins.swot.services.scoring import pair_score, posture_of, scaled

DAY = dt.date(2026, 3, 31)


def said(quadrant: str = "strength", weight: str | None = "1", **values: object) -> Said:
    known = {
        "name": quadrant.title(), "intensity": 4, "expires_on": None, "proofs": ("note",), **values
    }  # fmt: skip
    return Said(quadrant=quadrant, weight=None if weight is None else Decimal(weight), **known)  # type: ignore[arg-type]


def test_the_worked_example_of_tows() -> None:
    """S1 0.4·O1 0.5·3 = 0.60; W1 0.3·T1 0.5·2 = 0.30: SO first."""
    assert pair_score(Decimal("0.4"), Decimal("0.5"), 3) == Decimal("0.60")
    assert pair_score(Decimal("0.3"), Decimal("0.5"), 2) == Decimal("0.30")
    assert [posture_of(*each) for each in (
        ("strength", "opportunity"), ("strength", "threat"), ("weakness", "opportunity"),
        ("weakness", "threat"),
    )] == ["SO", "ST", "WO", "WT"]  # fmt: skip
    with pytest.raises(KeyError):
        posture_of("opportunity", "threat")
    assert pair_score(None, Decimal("0.5"), 3) is None


def test_weights_that_do_not_sum_to_1_are_told() -> None:
    outer = [said("opportunity", "0.5"), said("threat", "0.5")]
    assert lacks([said("strength", "0.7"), said("weakness", "0.3"), *outer], DAY) == []
    [text] = lacks([said("strength", "0.7"), said("weakness", "0.2"), *outer], DAY)
    assert text == "The weights of strengths and weaknesses sum to 0.9, not to 1."
    [text] = lacks([said(weight="0.3333")] * 3 + outer, DAY)
    assert "0.9999" in text


def test_items_without_evidence_or_out_of_date_are_told() -> None:
    outer = said("threat")
    assert lacks([said(proofs=()), outer], DAY) == ["“Strength” has no evidence."]
    old = said(expires_on=DAY - dt.timedelta(days=1))
    [text] = lacks([old, outer], DAY)
    assert "not valid any more" in text
    assert lacks([said(expires_on=DAY), outer], DAY) == []
    both = lacks([said(weight=None, intensity=None), outer], DAY)
    assert len(both) == 3 and "no weight" in both[1] and "no intensity" in both[2]
    assert lacks([], DAY) == [
        "There is no strength and no weakness.", "There is no opportunity and no threat.",
    ]  # fmt: skip


def test_facts_of_our_own_are_no_opportunities() -> None:
    inner = said()
    [text] = lacks([inner, said("opportunity", proofs=("measure",))], DAY)
    assert "our own figures only" in text
    assert lacks([inner, said("opportunity", proofs=("measure", "note"))], DAY) == []
    assert lacks([said(proofs=("measure",)), said("threat")], DAY) == []


@given(st.lists(st.integers(0, 1000) | st.none(), max_size=30))
def test_scaled_weights_sum_to_exactly_1(weights: list[int | None]) -> None:
    found = scaled(weights)
    assert len(found) == len(weights)
    assert not weights or sum(found) == scoring.ONE
    if any(weights):
        assert all(not after for before, after in zip(weights, found, strict=True) if not before)
        # Nobody overtakes: by at most the smallest step.
        order = sorted(range(len(found)), key=lambda i: weights[i] or 0)
        for a, b in pairwise(order):
            assert found[a] <= found[b] + scoring.STEP


def test_thirds_are_shared_out() -> None:
    assert scaled([None, None, None]) == [Decimal("0.3334"), Decimal("0.3333"), Decimal("0.3333")]
    assert scaled([Decimal("0.7"), Decimal("0.2")]) == [Decimal("0.7778"), Decimal("0.2222")]


def seen(id_: int, name: str, quadrant: str, weight: str = "0.5", **values: object) -> Seen:
    return Seen(id_, name, quadrant, Decimal(weight), **{"intensity": 4, **values})  # type: ignore[arg-type]


def test_what_came_went_and_moved() -> None:
    before = [
        seen(1, "Service", "strength"), seen(2, "Price", "weakness"),
        seen(3, "Hospitals", "opportunity"), seen(4, "Rival", "threat"),
        seen(5, "Brand", "strength"),
    ]  # fmt: skip
    after = [
        seen(11, "Service in a day", "strength", former=1),
        seen(12, "price ", "strength"),
        seen(13, "Hospitals", "opportunity", "0.6", former=3),
        seen(14, "New law", "threat"),
        seen(15, "Brand", "strength", former=5),
        seen(16, "Brand", "strength"),
    ]
    found = [(each.what, (each.after or each.before).id) for each in changes(before, after)]  # type: ignore[union-attr]
    assert found == [
        ("came", 14), ("came", 16), ("moved", 12), ("weighed", 13), ("same", 11), ("same", 15),
        ("went", 4),
    ]  # fmt: skip


@given(st.lists(st.sampled_from("abcde"), unique=True), st.lists(st.sampled_from("abcde")))
def test_nothing_is_lost_in_a_comparison(one: list[str], two: list[str]) -> None:
    before = [seen(i, name, "strength") for i, name in enumerate(one, 1)]
    after = [seen(i, name, "threat") for i, name in enumerate(two, 100)]
    found = changes(before, after)
    assert sorted(each.before.id for each in found if each.before) == [i.id for i in before]
    assert sorted(each.after.id for each in found if each.after) == [i.id for i in after]


def test_standing_by_factors() -> None:
    items = [
        seen(1, "a", "strength", "0.3", factor="price", intensity=4),
        seen(2, "b", "weakness", "0.1", factor="price", intensity=2),
        seen(3, "c", "weakness", "0.6", factor="brand", intensity=5),
        seen(4, "d", "opportunity", "0.5", factor="law", intensity=5),
        seen(5, "e", "strength", "0.2", factor=None),
    ]
    assert standing(items) == {"price": Decimal("2.50"), "brand": Decimal("-5.00")}
    assert totals(items) == {
        "strength": Decimal("2.0"), "weakness": Decimal("3.2"), "opportunity": Decimal("2.5"),
        "threat": Decimal(0),
    }  # fmt: skip


def test_where_a_radar_goes() -> None:
    assert radar.point(0, 4, -5) == (190.0, 190.0), "the least is the middle"
    assert radar.point(0, 4, 5) == (190.0, 60.0), "the first axis goes up"
    assert radar.point(1, 4, 0) == (255.0, 190.0), "the second to the right, half way"
    assert len(radar.line({"a": Decimal(1)}, ["a", "b", "c"])) == 1, "what is not known is left out"
