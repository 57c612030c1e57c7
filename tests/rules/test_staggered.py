"""Effects where it began at different times: by hand, against a regression that is wrong, and
refused in words."""

from __future__ import annotations

from random import Random
from statistics import stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin_api.effects import (
    LEAST,
    Case,
    Observation,
    Unit,
    differ,
    difference,
    panel,
    staggered,
)


def group(start: int | None, rows: list[list[float | None]], cluster: object = None) -> list[Unit]:
    return [Unit(values=row, start=start, cluster=cluster) for row in rows]


def by_hand() -> list[Unit]:
    """Four from period 1 on, four from 2 on, four never; the level is each one's own."""
    level = (0.0, 1.0, 2.0, 3.0)
    return [
        *group(1, [[at + 10, at + 15, at + 18] for at in level]),
        *group(2, [[at + 10, at + 11, at + 16] for at in level]),
        *group(None, [[at + 5, at + 6, at + 7 + 4 * (at == 0)] for at in level]),
    ]


def test_small_numbers_by_hand() -> None:
    """From 1 on: 5 − 1 = 4 against eight, then 8 − 3 = 5 against the four that never have it;
    from 2 on: 5 − 2 = 3. The mean of the first is 4.5, of the second 3: 3.75 together."""
    found = staggered(by_hand())
    assert found.estimate == pytest.approx(3.75)
    assert (found.treated, found.control) == (8, 8), "who begins later is compared with as well"
    assert found.details == pytest.approx({"after 0": 3.5, "after 1": 5.0})
    # In period 2 the changes of those without are 6 and three times 2 from period 0, and 5, 1, 1,
    # 1 from period 1: of both the mean deviates by 3 and −1, with weights ¼ and ½ of the mean.
    parts = [(0.25 + 0.5) * each for each in (3, -1, -1, -1)]
    assert found.error == pytest.approx(sum(each**2 for each in parts) ** 0.5 / 12**0.5)
    keys = {each.key for each in found.caveats}
    assert keys == {"by_starts", "few", "by_rule", "trend_unknown"}
    assert "2 different times" in next(e for e in found.caveats if e.key == "by_starts").words
    assert found.naive == pytest.approx(6.0), "6.5 and 5.5"
    assert found.chance is not None and staggered(by_hand()).chance == found.chance


def world(early: int, late: int, never: int, seed: int = 1) -> list[Unit]:
    """Everybody gains 1 more with each period since they began, at 1 or at 7 of ten."""
    chance = Random(seed)
    made = []
    for number, start in ((early, 1), (late, 7), (never, None)):
        for _ in range(number):
            level = chance.gauss(20, 3)
            made.append(
                Unit(
                    values=[
                        level + 0.3 * at + chance.gauss(0, 0.5)
                        + (at - start + 1 if start is not None and at >= start else 0)
                        for at in range(10)
                    ],
                    start=start,
                )
            )  # fmt: skip
    return made


def test_the_sign_is_right_where_one_figure_for_all_is_wrong() -> None:
    units = world(20, 40, 4)
    rows = [
        Observation(unit=i, period=at, value=value or 0.0,
                    figures={"it": float(each.start is not None and at >= each.start)})
        for i, each in enumerate(units)
        for at, value in enumerate(each.values)
    ]  # fmt: skip
    wrong = panel(rows, "it")
    assert wrong.estimate is not None and wrong.estimate < -0.4
    assert "staggered" in {each.key for each in wrong.caveats}
    found = staggered(units)
    # Of twenty 1 to 9, on average 5; of forty 1 to 3, on average 2.
    assert found.estimate == pytest.approx((20 * 5 + 40 * 2) / 60, abs=0.4)
    assert found.low is not None and found.low < 3 < (found.high or 0) and found.verdict == "up"
    ages = [found.details[f"after {age}"] for age in range(9)]
    assert ages == pytest.approx(list(range(1, 10)), abs=0.9), "it is seen to grow"


def test_intervals_hold_the_true_figure_about_as_often_as_they_say() -> None:
    held = []
    for seed in range(60):
        found = staggered(world(8, 25, 25, seed))
        # Five in a hundred move apart before by chance, and are not judged.
        if found.low is not None and found.high is not None:
            held.append(found.low <= (8 * 5 + 25 * 2) / 33 <= found.high)
    assert len(held) > 50 and 0.87 <= sum(held) / len(held) <= 1


@given(
    st.lists(st.tuples(*[st.floats(-100, 100)] * 2), min_size=LEAST, max_size=8),
    st.lists(st.tuples(*[st.floats(-100, 100)] * 2), min_size=LEAST, max_size=8),
)
def test_of_one_start_it_is_the_difference_of_differences(
    treated: list[tuple[float, float]], control: list[tuple[float, float]]
) -> None:
    found = staggered(
        [*group(1, [list(t) for t in treated]), *group(None, [list(c) for c in control])]
    )
    plain = difference(
        [Case(treated=i == 0, before=[a], after=[b])
         for i, side in enumerate((treated, control)) for a, b in side]
    )  # fmt: skip
    assert found.estimate == pytest.approx(plain.estimate, abs=1e-9)
    assert found.error == pytest.approx(plain.error, abs=1e-9)
    if stdev(b - a for a, b in control) > 0:
        assert found.naive == pytest.approx(plain.naive, abs=1e-9)


def test_whole_teams_that_begin_together_count_as_teams() -> None:
    def teams(start: int | None, count: int, first: int) -> list[Unit]:
        return [
            Unit(values=[10.0, 10 + t % 3, 13 + t % 2 + (4 if start else 0) + i], start=start,
                 cluster=first + t)
            for t in range(count) for i in range(3)
        ]  # fmt: skip

    found = staggered([*teams(2, 5, 0), *teams(None, 5, 10)])
    assert found.estimate == pytest.approx(4.0)
    few = staggered([*teams(2, 3, 0), *teams(None, 5, 10)])
    assert [each.key for each in few.refused] == ["too_few_clusters"]
    assert few.refused[0].words.startswith("3 teams with it and 5 without")


def test_what_the_figures_cannot_carry_is_refused_in_words() -> None:
    rows: list[list[float | None]] = [[1.0, 2.0, 3.0, 4.0]] * 4
    few = staggered([*group(1, rows[:3]), *group(2, rows[:2]), *group(None, rows)])
    assert few.refused[0].words.startswith("At most 3 began at one time: at least 4")
    alone = staggered(group(2, rows))
    assert alone.refused[0].words.startswith("Everybody got it")
    assert staggered(group(0, rows)).refused[0].key == "no_before"
    lost = staggered([*group(2, rows), *group(None, rows[:2])])
    assert lost.refused[0].key == "too_few"
    apart: list[list[float | None]] = [[0.0, 5.0 + i % 2, 10.0, 15.0 + i] for i in range(4)]
    moved = staggered([*group(3, apart), *group(None, rows)])
    assert moved.refused[0].key == "trends_apart" and "by 4" in moved.refused[0].words
    mixed = staggered([*group(3, rows), *group(1, rows[:2]), *group(None, rows)])
    assert "2 began at times at which fewer than 4 did" in " ".join(e.words for e in mixed.caveats)
    gaps = staggered([*group(2, [[1.0, None, 3.0, 4.0]] * 4), *group(None, rows)])
    assert gaps.refused[0].key == "too_few", "nobody is known in the period before"
    assert not differ([1, 1, 1, 1, 2, 2, 2, None]) and differ([1, 1, 1, 1, 2, 2, 2, 2])
