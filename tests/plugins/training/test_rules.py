"""Rules of training as plain functions: marking, drawing, gain, item analysis."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.training.rules import items, scoring


def test_gain_of_what_was_missing() -> None:
    assert scoring.gain(Decimal(58), Decimal(79)) == 50
    assert scoring.gain(None, Decimal(79)) is None, "no test before: nothing to tell"
    assert scoring.gain(Decimal(100), Decimal(100)) is None, "nothing was missing"
    assert scoring.gain(Decimal(80), Decimal(60)) == -100


@pytest.mark.parametrize(
    ("kind", "options", "correct", "why"),
    [
        ("single", "a", "1", "few"),
        ("single", "a\nA ", "1", "same"),
        ("single", "a\nb", "1,2", "one"),
        ("single", "a\nb", "3", "range"),
        ("single", "a\nb", "0", "range"),
        ("multiple", "a\nb", "", "numbers"),
        ("multiple", "a\nb", "b", "numbers"),
        ("single", "\n".join(map(str, range(21))), "1", "many"),
        ("number", "", "about 3", "number"),
        ("number", "", "3 ± -1", "number"),
        ("number", "", "NaN", "number"),
        ("number", "", "1e9999999", "number"),
        ("text", "", " | ", "text"),
    ],
)
def test_a_question_that_cannot_be_marked(kind: str, options: str, correct: str, why: str) -> None:
    with pytest.raises(scoring.Unclear, match=f"^{why}$"):
        scoring.read(kind, options, correct)


def question(kind: str, options: str, correct: str) -> dict[str, Any]:
    offered, right = scoring.read(kind, options, correct)
    return {"kind": kind, "options": offered, "correct": right, "points": 1}


@pytest.mark.parametrize(
    ("of", "given", "right"),
    [
        (("single", "a\nb\nc", "2"), [1], True),
        (("single", "a\nb\nc", "2"), [0], False),
        (("multiple", "a\nb\nc", "1，3"), [2, 0], True),
        (("multiple", "a\nb\nc", "1,3"), [0], False),
        (("multiple", "a\nb\nc", "1,3"), [0, 1, 2], False),
        (("number", "", "3.5 ± 0.1"), ["3.6"], True),
        (("number", "", "3.5 ± 0.1"), ["3.61"], False),
        (("number", "", "1,200"), ["１２００"], True),
        (("number", "", "3"), ["three"], False),
        (("number", "", "3"), ["1e9999999"], False),
        (("text", "", "SPIN | 顾问式销售"), [" spin "], True),
        (("text", "", "SPIN"), [], False),
        (("single", "a\nb", "1"), [], False),
    ],
)
def test_marking(of: tuple[str, str, str], given: list[Any], right: bool) -> None:
    assert scoring.is_right(question(*of), given) is right


@given(st.integers(2, 12), st.integers(0, 10_000), st.data())
def test_shuffling_keeps_what_is_right(number: int, seed: int, data: st.DataObject) -> None:
    right = data.draw(st.sets(st.integers(0, number - 1), min_size=1))
    held = {"kind": "multiple", "options": [f"o{i}" for i in range(number)],
            "correct": sorted(right), "points": 1}  # fmt: skip
    made = scoring.shuffled(held, Random(seed))
    assert sorted(made["options"]) == sorted(held["options"])
    assert {made["options"][place] for place in made["correct"]} == {f"o{i}" for i in right}
    assert scoring.is_right(made, made["correct"])


@given(st.lists(st.integers(), unique=True, max_size=30), st.none() | st.integers(1, 40))
def test_a_draw_takes_each_question_once(ids: list[int], number: int | None) -> None:
    drawn = scoring.draw(ids, number, Random(1))
    assert len(drawn) == min(len(ids), number or len(ids)) == len(set(drawn))
    assert set(drawn) <= set(ids)


def test_score() -> None:
    assert scoring.score(2, 3) == Decimal("66.67")
    assert scoring.score(0, 0) == 0


def sums(pairs: list[tuple[int, float]]) -> items.Sums:
    return items.Sums(
        len(pairs), sum(x for x, _ in pairs), sum(y for _, y in pairs),
        sum(x * y for x, y in pairs), sum(y * y for _, y in pairs),
    )  # fmt: skip


def test_difficulty_and_discrimination_of_a_question() -> None:
    apart = sums([(1, 90), (1, 80), (0, 40), (0, 30)])
    assert items.difficulty(apart) == 0.5
    assert items.discrimination(apart) == pytest.approx(0.9805806757)
    assert items.discrimination(sums([(1, 90), (1, 20)])) is None, "all have it right"
    assert items.discrimination(sums([(1, 50), (0, 50)])) is None, "all the rests are alike"
    assert items.difficulty(sums([])) is None


def test_verdicts_say_when_there_is_too_little() -> None:
    assert items.verdict(sums([(1, 90), (0, 30)])) == "few"
    assert items.verdict(sums([(1, 90), (0, 30)] * 10)) == "good"
    assert items.verdict(sums([(0, 90), (1, 30)] * 10)) == "against"
    assert items.verdict(sums([(1, 50)] * 20)) == "easy"
    assert items.verdict(sums([(0, 50)] * 20)) == "hard"


@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 10_000)), max_size=40))
def test_discrimination_is_a_correlation(pairs: list[tuple[int, float]]) -> None:
    found = items.discrimination(sums(pairs))
    assert found is None or -1 <= found <= 1
