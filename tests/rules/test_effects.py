"""Effects: the worked examples, and what is refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin_api.effects import (
    CAVEATS,
    REFUSALS,
    Case,
    Caveat,
    Effect,
    Observation,
    Outcome,
    adjusted,
    by_chance,
    difference,
    interrupted,
    panel,
    pulled_forward,
    simple,
)
from plugin_api.effects.student import beyond, critical

FIGURES = st.floats(-1000, 1000).map(lambda value: round(value, 3))


def keys(caveats: Sequence[Caveat]) -> set[str]:
    return {each.key for each in caveats}


def group(gain: float, level: float, n: int = 6, *, seed: int = 1, **more: object) -> list[Case]:
    """Six months before and three after, of people who differ."""
    chance = Random(seed)
    cases = []
    for i in range(n):
        own = level + chance.gauss(0, 4)
        before = [own + chance.gauss(0, 2) for _ in range(6)]
        after = [own + gain + chance.gauss(0, 2) for _ in range(3)]
        cases.append(Case(before=before, after=after, **({"treated": gain > 0} | more)))  # type: ignore[arg-type]
        del i
    return cases


def test_the_difference_of_two_differences_is_that_of_the_worked_example() -> None:
    found = simple(100, 130, 90, 108)
    assert (found.effect, found.naive) == (12, 30)
    assert found.logs is not None and found.ratio is not None
    assert (round(found.logs, 3), round(found.ratio, 3)) == (0.080, 0.083)
    assert simple(20, 26, 21, 24).effect == 3
    assert simple(0, 26, 21, 24).ratio is None


def test_each_ones_change_is_compared() -> None:
    found = difference(group(12, 100) + group(0, 100), chosen="lot")
    assert found.estimate is not None and found.low is not None and found.high is not None
    assert found.low < 12 < found.high and found.verdict == "up"
    assert (found.treated, found.control) == (6, 6)
    assert found.chance is not None and found.chance < 0.01
    assert keys(found.caveats) == {"few"}
    assert Effect.read(found.as_json) == found


@given(
    st.lists(st.tuples(FIGURES, FIGURES), min_size=4, max_size=7),
    st.lists(st.tuples(FIGURES, FIGURES), min_size=4, max_size=7),
    FIGURES,
)
def test_what_happens_to_all_is_no_effect(
    ours: list[tuple[float, float]], others: list[tuple[float, float]], tide: float
) -> None:
    def effect(lift: float) -> Effect:
        return difference(
            [Case(treated=True, before=[a], after=[b + lift]) for a, b in ours]
            + [Case(treated=False, before=[a], after=[b + lift]) for a, b in others]
        )

    still, lifted = effect(0), effect(tide)
    assert still.estimate is not None and lifted.estimate is not None
    assert lifted.estimate == pytest.approx(still.estimate, abs=1e-6)
    assert still.low is not None and still.high is not None
    assert still.low <= still.estimate <= still.high


def test_what_cannot_be_said_is_refused_in_words() -> None:
    ours, others = group(12, 100), group(0, 100, seed=2)
    assert keys(difference(ours).refused) == {"no_control"}
    few = difference(ours[:3] + others)
    assert few.estimate is None and few.verdict == "refused"
    assert few.refused[0].words == (
        "3 with it and 6 without: at least 4 on each side are needed to say anything."
    )
    nothing = [Case(treated=each.treated, before=[], after=each.after) for each in ours + others]
    assert keys(difference(nothing).refused) == {"no_before"}
    nothing = [Case(treated=e.treated, before=e.before, after=[None]) for e in ours + others]
    assert keys(difference(nothing).refused) == {"no_after"}


def test_groups_that_moved_apart_before_are_refused() -> None:
    rising = [
        Case(treated=True, before=[x + 5 * i for i, x in enumerate(each.before) if x], after=[140])
        for each in group(12, 100)
    ]
    found = difference(rising + group(0, 100, seed=2))
    assert found.estimate is None and keys(found.refused) == {"trends_apart"}
    assert found.naive is not None and found.details["treated_after"] == 140


def test_what_must_be_known_beside_it_is_said() -> None:
    ours = [Case(treated=True, before=[e.before[0]], after=e.after) for e in group(12, 100)]
    others = [
        Case(treated=False, before=[e.before[0]], after=e.after) for e in group(0, 200, seed=2)
    ]
    lost = Case(treated=True, before=[None], after=[3])
    found = difference([*ours, *others, lost], chosen="self")
    assert keys(found.caveats) == {
        "left_out", "self_chosen", "unlike_start", "trend_unknown", "few",
    }  # fmt: skip
    growing = [Case(treated=True, before=[10.0 + i], after=[20.0 + i]) for i in range(5)]
    large = [Case(treated=False, before=[100.0 + i], after=[112.0 + i]) for i in range(5)]
    assert "scale" in keys(difference(growing + large).caveats)


def test_the_months_after_it_was_told_are_left_out() -> None:
    told = [
        Case(treated=True, before=[100.0 + i, 100.0 + i, 60.0], after=[110.0 + i]) for i in range(5)
    ]
    others = [Case(treated=False, before=[100.0 + i] * 3, after=[100.0 + i]) for i in range(5)]
    assert difference(told + others, skip=1).estimate == pytest.approx(10)


def test_whole_teams_count_as_few() -> None:
    teams = [
        case
        for team in range(8)
        for case in group(12 if team < 4 else 0, 100, 3, seed=team, cluster=team, treated=team < 4)
    ]
    found = difference(teams)
    assert found.estimate is not None and (found.treated, found.control) == (12, 12)
    assert found.chance == pytest.approx(2 / 70)
    assert keys(difference(teams[3:]).refused) == {"too_few_clusters"}
    lone = replace(teams[-1], cluster=None)
    assert keys(difference([*teams[3:], lone]).refused) == {"too_few_clusters"}
    mixed = [Case(treated=i % 2 == 0, before=e.before, after=e.after, cluster=e.cluster)
             for i, e in enumerate(teams)]  # fmt: skip
    assert "spill" in keys(difference(mixed).caveats)


def test_sales_that_were_only_made_earlier_lack_afterwards() -> None:
    def spell(case: Case, dip: float) -> Case:
        later = [x - dip for x in case.before[:3] if x is not None]
        return Case(treated=case.treated, before=case.before, after=case.after, later=later)

    others = [spell(case, 0) for case in group(0, 100, seed=2)]
    pulled = pulled_forward([spell(case, 9) for case in group(12, 100)] + others)
    assert pulled.verdict == "down" and "pulled" in keys(pulled.caveats)
    assert 0.5 < pulled.details["share"] < 1
    stayed = pulled_forward([spell(case, 0) for case in group(12, 100)] + others)
    assert "pulled" not in keys(stayed.caveats)
    assert keys(pulled_forward([spell(case, 9) for case in group(12, 100)]).refused) == {
        "no_control"
    }


def test_a_figure_that_tells_who_got_it_cannot_be_held_alike() -> None:
    outcomes = [
        Outcome(treated=i % 2 == 0, value=i, besides={"same": float(i % 2)}) for i in range(20)
    ]
    assert keys(adjusted(outcomes).refused) == {"collinear"}
    assert keys(adjusted(outcomes[:12]).refused) == {"too_many"}
    assert keys(adjusted([o for o in outcomes if o.treated]).refused) == {"no_control"}


def test_a_start_at_unlike_times_is_named() -> None:
    seen = [
        Observation(
            unit=unit, period=period, value=unit + period + 5.0 * got + (unit * period) % 3,
            figures={"got": float(got)},
        )
        for unit in range(10) for period in range(4)
        for got in [unit < 5 and period >= 1 + unit % 2]
    ]  # fmt: skip
    found = panel(seen, "got")
    assert "staggered" in keys(found.caveats) and (found.treated, found.control) == (5, 5)
    assert keys(panel([e for e in seen if e.unit < 5], "got").refused) == {"no_control"}  # type: ignore[operator]


def test_a_series_is_that_of_the_worked_example() -> None:
    series = [100 + 2 * t + (15 + 3 * (t - 12) if t > 12 else 0) for t in range(1, 19)]
    found = interrupted(series, 12)
    assert found.estimate == pytest.approx(25.5) and found.naive == pytest.approx(43.5)
    named = [found.details[name] for name in ("level", "trend", "step", "bend")]
    assert named == pytest.approx([100, 2, 15, 3])
    assert keys(found.caveats) == {"other_events", "no_spread"}


def test_a_series_says_what_it_cannot_tell() -> None:
    chance = Random(3)
    noisy = [50 + chance.gauss(0, 3) for _ in range(30)]
    assert interrupted(noisy, 24).verdict == "unsure"
    assert keys(interrupted(noisy[:7], 5).refused) == {"short_before", "short_after"}
    assert "season_unknown" in keys(interrupted(noisy[:20], 15, season=12).caveats)
    assert "too_short_for_neighbours" in keys(interrupted(noisy[:11], 7).caveats)
    waves = [x + 20 * (i % 4) for i, x in enumerate(noisy)]
    free, held = interrupted(waves, 24), interrupted(waves, 24, season=4)
    assert free.error is not None and held.error is not None and held.error < free.error / 2
    assert "other_events" not in keys(interrupted(noisy, 24, control=waves).caveats)


def test_neighbours_that_are_alike_widen_the_interval() -> None:
    chance, series = Random(5), [0.0]
    for _ in range(59):
        series.append(0.8 * series[-1] + chance.gauss(0, 1))
    found = interrupted(series, 40)
    assert 0.5 < found.details["correlation"] <= 0.95
    assert "alike_neighbours" in keys(found.caveats) and found.error is not None
    apart = interrupted(Random(6).sample(series, 60), 40)
    assert apart.error is not None and apart.details["correlation"] < 0.5 < found.error


def test_chance_is_counted_exactly_where_it_can_be() -> None:
    assert by_chance([5, 6, 7, 8], [1, 2, 3, 4]) == pytest.approx(2 / 70)
    assert by_chance([1, 1], [1, 1]) == 1
    many = by_chance([float(i) for i in range(20)], [float(i) for i in range(1, 21)])
    assert 0.4 < many < 1 and many == by_chance(
        [float(i) for i in range(20)], [float(i) for i in range(1, 21)]
    )


def test_students_distribution_is_that_of_the_tables() -> None:
    assert [round(critical(n), 3) for n in (1, 3, 10, 30)] == [12.706, 3.182, 2.228, 2.042]
    assert round(critical(1e7), 4) == 1.9600
    assert beyond(2.228139, 10) == pytest.approx(0.05, abs=1e-6) and beyond(0, 5) == 1


def test_every_key_is_said_in_words() -> None:
    numbers = dict.fromkeys(("treated", "control", "least", "n", "columns"), 4) | dict.fromkeys(
        ("apart", "correlation", "share"), "0.4"
    )
    for key in (*REFUSALS, *CAVEATS):
        said = Caveat(key, numbers).words
        assert said.endswith(".") and "%(" not in said
