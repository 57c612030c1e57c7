"""How likely a target is to be reached, in worked figures."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plugins.targets.services.chances import (
    Chance,
    Month,
    by_deals,
    by_past,
    mark_of,
)

STEADY = [Month(21_000, 21), Month(20_000, 20), Month(22_000, 22), Month(21_000, 21)]
UNEVEN = [Month(v, 20) for v in (10_000, 30_000, 20_000, 40_000, 25_000)]
OPEN = [(100_000, 0.5), (60_000, 0.2), (40_000, 0.9)]


def test_a_steady_past_is_sure_of_what_it_brings() -> None:
    """1,000 a day in each month: ten days bring 10,000 and nothing else."""
    for quota, share in ((30_000, 1.0), (30_001, 0.0)):
        found = by_past(20_000, quota, 10, STEADY)
        assert found is not None
        assert (found.share, found.expected, found.spread, found.n) == (share, 30_000, 0, 4)


def test_an_uneven_past_gives_a_chance() -> None:
    """1,250 a day, varying by 559: the ten days left bring 12,500 ± 8,292 on top of 20,000."""
    found = by_past(20_000, 40_000, 10, UNEVEN)
    assert found is not None
    assert found.expected == 32_500
    assert round(found.spread) == 8_292
    assert round(found.share, 4) == 0.1829
    on_the_line = by_past(20_000, 32_500, 10, UNEVEN)
    assert on_the_line is not None and on_the_line.share == 0.5


def test_too_little_of_a_past_says_nothing() -> None:
    assert by_past(0, 1, 10, UNEVEN[:3]) is None
    assert by_past(0, 1, 10, [*UNEVEN[:3], Month(5, 0)]) is None


def test_open_deals_as_in_the_rule() -> None:
    """Won 50,000; 100k at 50 %, 60k at 20 %, 40k at 90 %: 148,000 ± 56,745."""
    found = by_deals(50_000, 150_000, OPEN)
    assert found is not None
    assert (round(found.expected), round(found.spread), found.n) == (148_000, 56_745, 3)
    # 100,000 are missing: the first deal brings them, or the two others together.
    assert round(found.share, 6) == 0.59
    # 100,001 missing: the first and one of the two others: 0.5 × (1 − 0.8 × 0.1).
    more = by_deals(50_000, 150_001, OPEN)
    assert more is not None and round(more.share, 6) == 0.46
    assert by_deals(50_000, 150_000, OPEN[:2]) is None


def test_many_deals_are_taken_as_a_normal_sum() -> None:
    found = by_deals(0, 100, [(10, 0.5)] * 20)
    assert found is not None and (found.share, found.expected) == (0.5, 100)


def test_marks_say_the_gravest_first() -> None:
    def mark(actual: float, quota: float, passed: float = 0.5, **kw: float | None) -> str:
        def chance(share: float | None) -> Chance | None:
            return share if share is None else Chance(share=share, expected=0, spread=1, n=5)

        return mark_of(
            actual=actual, quota=quota, pace=kw.get("pace"), passed=passed,
            past=chance(kw.get("past")), deals=chance(kw.get("deals")),
        )  # fmt: skip

    assert mark(100, 100, 0.9) == "reached"
    assert mark(100, 100, 0.3) == "trivial"
    assert mark(10, 100, past=0.04) == "out_of_reach"
    assert mark(10, 100, past=0.04, deals=0.5) == ""
    assert mark(10, 100, 0.2, past=0.99) == "trivial"
    assert mark(10, 100, 0.7, past=0.99) == ""
    assert mark(10, 100, pace=0.5, past=0.4) == "behind"
    assert mark(10, 100, pace=0.9) == "little_data"


@given(
    values=st.lists(st.integers(0, 10**6), min_size=4, max_size=12),
    quota=st.integers(1, 10**7),
    left=st.integers(0, 60),
    deals=st.lists(st.tuples(st.integers(0, 10**6), st.floats(0, 1)), min_size=3, max_size=15),
)
def test_a_chance_is_a_share_and_falls_with_the_target(
    values: list[int], quota: int, left: int, deals: list[tuple[int, float]]
) -> None:
    months = [Month(value, 20) for value in values]
    for ask in (lambda q: by_past(0, q, left, months), lambda q: by_deals(0, q, deals)):
        low, high = ask(quota), ask(quota + 1000)
        assert low is not None and high is not None
        assert 0 <= high.share <= low.share + 1e-9 <= 1 + 1e-8


def test_on_the_last_day_the_figure_decides() -> None:
    for actual, share in ((99, 0.0), (100, 1.0)):
        found = by_past(actual, 100, 0, UNEVEN)
        assert found is not None and found.share == share
