"""Scores, losses, simulation and drawing as plain functions: numbers in, numbers out."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.risk.services import bowtie, figures, indicators, scoring, simulation
from plugins.risk.services.scoring import Level
from plugins.risk.services.simulation import Peril, simulate

STEP = st.integers(1, 5)
MONEY = st.integers(0, 10**12)


def test_the_worked_example_of_scores() -> None:
    assert Level(4, 5).score == 20
    assert Level(2, 4).score == 8, "after a control"


def test_the_worked_example_of_expected_losses() -> None:
    before = scoring.expected_loss(Decimal(30), 200_000)
    after = scoring.expected_loss(Decimal(10), 150_000)
    assert (before, after) == (60_000, 15_000)
    assert scoring.benefit(before, after, 12_000) == 33_000


def test_a_score_alone_hides_how_bad_it_would_be() -> None:
    assert Level(5, 1).score == Level(1, 5).score == 5
    assert scoring.priority(1, 5) > scoring.priority(5, 1), "the disaster comes first"


def test_ten_risks_of_ten_percent_are_not_a_small_risk() -> None:
    assert scoring.at_least_one([Decimal(10)] * 10) == Decimal("65.13")
    assert scoring.at_least_one([]) == 0
    assert scoring.at_least_one([Decimal(100), Decimal(1)]) == 100


@given(STEP, STEP, STEP, STEP)
def test_priority_keeps_the_order_of_scores(a: int, b: int, c: int, d: int) -> None:
    if a * b > c * d:
        assert scoring.priority(a, b) > scoring.priority(c, d)


@given(st.decimals(0, 100, places=2), MONEY, MONEY, MONEY)
def test_an_expected_loss_lies_within_the_range(
    chance: Decimal, one: int, two: int, three: int
) -> None:
    low, loss, high = sorted((one, two, three))
    found = scoring.expected_loss(chance, loss, low, high)
    share = Fraction(chance) / 100
    assert share * low - 1 <= found <= share * high + 1
    assert scoring.expected_loss(chance, loss) == scoring.expected_loss(chance, loss, loss, loss)


@pytest.mark.parametrize(
    ("chance", "step"), [("0", 1), ("9.99", 1), ("10", 2), ("30", 3), ("50", 4), ("80", 5)]
)
def test_a_probability_has_a_likelihood(chance: str, step: int) -> None:
    assert scoring.likelihood_of(Decimal(chance)) == step


def test_a_loss_has_an_impact_by_the_scale() -> None:
    scale = (100, 500, 2000, 10_000)
    assert [scoring.impact_of(loss, scale) for loss in (0, 100, 600, 2000, 10**9)] == [
        1, 2, 3, 4, 5,
    ]  # fmt: skip


@pytest.mark.parametrize(("score", "name"), [(1, "low"), (4, "low"), (5, "medium"), (9, "medium"),
                                             (10, "high"), (15, "high"), (16, "extreme"),
                                             (25, "extreme")])  # fmt: skip
def test_a_score_has_a_rating(score: int, name: str) -> None:
    assert scoring.band(score) == name


def test_the_appetite_is_a_line_for_score_and_loss() -> None:
    assert not scoring.is_over(9, 100, 9, 100), "what lies on it is taken"
    assert scoring.is_over(10, 0, 9, None)
    assert scoring.is_over(1, 101, 9, 100)
    assert not scoring.is_over(None, None, 9, 100)


def test_controls_do_not_make_it_worse() -> None:
    inherent = Level(3, 3, Decimal(40), loss=100)
    assert scoring.worse(Level(4, 1), inherent) == "likelihood"
    assert scoring.worse(Level(1, 1, loss=101), inherent) == "loss"
    assert scoring.worse(Level(), inherent) == ""
    assert scoring.lower(Level(3, 2), inherent) and not scoring.lower(Level(3, 3), inherent)
    wide = replace(inherent, high=400)
    assert scoring.worse(wide, inherent) == "high" and scoring.lower(inherent, wide)
    assert scoring.worse(replace(wide, low=50), replace(wide, low=10)) == "low"


# -- simulation -------------------------------------------------------------------------------


def perils(number: int, chance: float = 0.1, loss: int = 1000, group: str = "a") -> list[Peril]:
    return [Peril(chance, loss, loss, loss, group) for _each in range(number)]


def test_a_simulation_is_the_same_for_the_same_seed() -> None:
    first = simulate(perils(20), runs=500, seed=7, common=0.2, within=0.3)
    assert first == simulate(perils(20), runs=500, seed=7, common=0.2, within=0.3)
    assert first != simulate(perils(20), runs=500, seed=8, common=0.2, within=0.3)


def test_independent_risks_come_to_their_expected_loss() -> None:
    found = simulate(perils(10), runs=10_000, seed=1)
    assert found.mean == pytest.approx(1000, rel=0.05)
    assert found.any == pytest.approx(0.6513, abs=0.02), "ten of ten percent"
    assert found.percentile(50) == 1000
    assert found.exceeding(0) == pytest.approx(found.any)


def test_dependence_makes_bad_years_worse_and_not_the_average() -> None:
    alone = simulate(perils(30), runs=6000, seed=2)
    together = simulate(perils(30), runs=6000, seed=2, common=0.5)
    assert together.mean == pytest.approx(alone.mean, rel=0.12)
    assert together.percentile(95) > alone.percentile(95) * 1.3
    assert together.tail(95) > alone.tail(95)
    assert together.any < alone.any, "they come together, so there are more years with none"


def test_a_shared_category_binds_its_own_risks_only() -> None:
    same = simulate(perils(20), runs=5000, seed=3, within=0.6)
    apart = [Peril(0.1, 1000, 1000, 1000, str(i)) for i in range(20)]
    other = simulate(apart, runs=5000, seed=3, within=0.6)
    assert same.percentile(99) > other.percentile(99)


@settings(max_examples=25)
@given(st.integers(0, 1000), st.floats(0, 0.95), st.integers(1, 12))
def test_losses_lie_between_nothing_and_everything(seed: int, common: float, number: int) -> None:
    some = [Peril(0.3, 100, 200, 600, "a") for _each in range(number)]
    found = simulate(some, runs=60, seed=seed, common=common)
    assert 0 <= found.losses[0] <= found.losses[-1] <= 600 * number
    assert found.percentile(50) <= found.percentile(90) <= found.percentile(95) <= found.tail(95)
    shares = [share for _loss, share in found.curve()]
    assert shares == sorted(shares, reverse=True) and shares[-1] == 0


def test_more_than_can_be_drawn_counts_with_its_expected_loss(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(simulation, "MOST_DRAWS", 1000)
    large, small = perils(10, loss=9000), perils(5, loss=10)
    found = simulate([*small, *large], runs=100, seed=1)
    assert (found.simulated, found.fixed_count, found.fixed) == (10, 5, pytest.approx(5))
    assert found.losses[0] >= 5


def test_what_is_sure_happens_always_and_what_cannot_never() -> None:
    found = simulate([Peril(1, 5, 5, 5), Peril(0, 9, 9, 9)], runs=50, seed=1, common=0.4)
    assert set(found.losses) == {5.0} and found.any == 1


def test_a_simulation_refuses_what_makes_no_sense() -> None:
    with pytest.raises(ValueError, match="runs"):
        simulate([], runs=0, seed=1)
    with pytest.raises(ValueError, match="parts"):
        simulate([], runs=1, seed=1, common=0.7, within=0.7)


# -- indicators and the bow tie ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "side", "standing"),
    [(None, "above", "none"), (5, "above", "good"), (8, "above", "warning"),
     (10, "above", "alarm"), (12, "below", "good"), (8, "below", "alarm")],
)  # fmt: skip
def test_an_indicator_stands_by_its_thresholds(value: Any, side: str, standing: str) -> None:
    warn, alarm = (Decimal(8), Decimal(10)) if side == "above" else (Decimal(11), Decimal(10))
    figure = None if value is None else Decimal(value)
    assert indicators.standing_of(figure, warn, alarm, side) == standing


def test_a_limit_that_is_reached_counts() -> None:
    assert figures.beyond(Decimal(3), Decimal(3), "above")
    assert figures.beyond(Decimal(3), Decimal(3), "below")


def test_a_bow_tie_has_a_place_for_everything() -> None:
    risk: Any = SimpleNamespace(
        name="Loss of a key customer", event=None, cause="- Late delivery\n\nPrice war\n",
        effect="Revenue falls",
    )  # fmt: skip
    control: Any = SimpleNamespace(name="Visits each month", kind="preventive", effectiveness=None)
    limit: Any = SimpleNamespace(name="失去大客户时的应急预案", kind="corrective",
                                 effectiveness="effective")  # fmt: skip
    tie = bowtie.of(risk, [control, limit], [])
    assert tie.causes == ("Late delivery", "Price war") and tie.effects == ("Revenue falls",)
    assert tie.prevents == (control,) and tie.limits == (limit,)
    drawing = bowtie.drawn(tie, {"effective": "good"})
    assert len(drawing.boxes) == 6 and len(drawing.lines) == 2 + 1 + 1 + 1
    assert all(0 <= box.x <= bowtie.WIDTH - bowtie.BOX for box in drawing.boxes)
    assert all(0 <= box.y <= drawing.height - 48 for box in drawing.boxes)


@given(st.text(max_size=200))
def test_words_of_a_box_are_few_and_short(text: str) -> None:
    found = bowtie.wrapped(text)
    assert 1 <= len(found) <= 2
