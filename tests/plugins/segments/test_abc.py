"""The rule of grading by the share of the whole before an account."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from plugins.segments.services.abc import grade_of, grades, places

LIMITS = (("A", Decimal(80)), ("B", Decimal(95)), ("C", None))
WORKED = [50_000, 20_000, 12_000, 8_000, 4_000, 2_500, 1_500, 1_000, 600, 400]


def graded(values: list[int], **held: object) -> str:
    found = grades(dict(enumerate(map(Decimal, values))), LIMITS, **held)  # type: ignore[arg-type]
    return " ".join(found.get(i, "-") for i in range(len(values)))


def test_the_share_before_the_account_decides() -> None:
    assert graded(WORKED) == "A A A B B B C C C C"


def test_one_customer_with_nearly_all_is_the_best() -> None:
    assert graded([90, 6, 4]) == "A B C"
    assert graded([100]) == "A"


def test_equals_share_a_grade() -> None:
    # 40 and 40 before would put the second of the equals beyond the limit.
    assert graded([70, 10, 10, 10]) == "A A A A"
    assert graded([85, 5, 5, 5]) == "A B B B"


def test_returns_that_leave_less_than_nothing_are_no_part_of_the_whole() -> None:
    assert graded([50, 30, 20, -40, 0]) == "A A B - -"
    assert places({1: Decimal(-5)}) == {}


def test_a_grade_is_held_within_the_slack_of_its_limits() -> None:
    def of(before: str, held: str | None) -> str:
        return grade_of(Decimal(before), LIMITS, held, Decimal(2))

    assert [of(share, "A") for share in ("79.99", "80", "81.99", "82")] == ["A", "A", "A", "B"]
    assert [of(share, "B") for share in ("77.99", "78", "96.99", "97")] == ["A", "B", "B", "C"]
    assert [of(share, "C") for share in ("92.99", "93", "95")] == ["B", "C", "C"]
    assert of("90", "D") == "B" and of("90", None) == "B"


def test_the_last_grade_may_have_a_limit_of_its_own() -> None:
    limits = (("A", Decimal(50)), ("B", Decimal(80)), ("C", Decimal(95)), ("D", None))
    found = grades({i: Decimal(v) for i, v in enumerate(WORKED)}, limits)
    assert "".join(found[i] for i in range(10)) == "ABBCCCDDDD"


AMOUNTS = st.lists(st.integers(-1000, 100_000), min_size=1, max_size=30)


@given(AMOUNTS)
def test_more_is_never_graded_worse_and_the_largest_is_the_best(values: list[int]) -> None:
    found = grades(dict(enumerate(map(Decimal, values))), LIMITS)
    ordered = sorted(found, key=lambda i: -values[i])
    assert [found[i] for i in ordered] == sorted(found[i] for i in ordered)
    if max(values) > 0:
        assert found[values.index(max(values))] == "A"
    assert set(found) == {i for i, value in enumerate(values) if value > 0}


@given(AMOUNTS, st.integers(0, 20))
def test_grading_again_changes_nothing(values: list[int], slack: int) -> None:
    named = dict(enumerate(map(Decimal, values)))
    once = grades(named, LIMITS, None, Decimal(slack))
    assert grades(named, LIMITS, once, Decimal(slack)) == once
