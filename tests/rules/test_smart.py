"""SMART is computed: a machine check a letter, and one without a point blocks."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from plugins.targets.services import smart
from plugins.targets.services.judging import like_periods, past_of
from plugins.targets.services.periods import Period, period_of
from plugins.targets.services.smart import Letter, Past, Smart, judge

USUAL = [Decimal("0.04"), Decimal("0.12"), Decimal("0.20")]
"""+12 % ± 8 %."""
PAST = Past(baseline=Decimal(800_000), growths=USUAL)
Q1 = period_of("quarter", date(2026, 2, 1))


def test_half_more_than_last_year_is_out_of_reach_of_who_grows_by_an_eighth() -> None:
    found = judge(Decimal(1_200_000), PAST)
    assert found is not None
    assert (found.growth, found.usual, found.spread) == (
        Decimal("0.5"), Decimal("0.12"), Decimal("0.08"),
    )  # fmt: skip
    assert (found.z, found.score) == (Decimal("4.75"), 0)
    assert smart.reachable(PAST, found) == Decimal("1024000.00")


def test_eight_of_ten_points_and_blocked_all_the_same() -> None:
    letters = {name: Letter(score=0 if name == "A" else 2, said="") for name in smart.LETTERS}
    found = Smart(letters)
    assert (found.total, found.most, found.missing) == (8, 10, ("A",))


def test_a_best_year_does_not_make_it_attainable() -> None:
    """The mean counts and its spread, not the year in which everything went well."""
    growths = [Decimal("0.05"), Decimal("0.06"), Decimal("0.50"), Decimal("0.05"), Decimal("0.04")]
    found = judge(Decimal(1_600_000), Past(baseline=Decimal(800_000), growths=growths))
    assert found is not None
    assert found.usual == Decimal("0.14")
    assert found.score == 0
    best = max(growths)
    assert found.growth > best


def test_what_is_reached_without_an_effort_is_no_challenge() -> None:
    found = judge(Decimal(700_000), PAST)
    assert found is not None
    assert (found.trivial, found.score) == (True, 1)


def test_fewer_complaints_is_what_is_hard() -> None:
    fewer = [Decimal("-0.05"), Decimal("-0.10"), Decimal("-0.15")]
    past = Past(baseline=Decimal(100), growths=fewer)
    hard, easy = judge(Decimal(50), past, down=True), judge(Decimal(95), past, down=True)
    assert hard is not None and easy is not None
    assert (hard.z, hard.score) == (Decimal(8), 0)
    assert easy.score == 2


def test_too_little_past_is_not_judged() -> None:
    assert judge(Decimal(1), Past(baseline=Decimal(1), growths=USUAL[:2])) is None
    assert judge(Decimal(1), Past(baseline=None, growths=USUAL)) is None
    assert judge(Decimal(1), Past(baseline=Decimal(0), growths=USUAL)) is None


def test_a_season_is_no_growth() -> None:
    """The fourth quarter is ten times the others each year; what grows is the year."""
    figures = []
    for period in like_periods(Q1):
        season = 10 if period.start.month == 10 else 1
        growth = Decimal("1.1") ** (period.start.year - 2021)
        figures.append((period, 1000 * season * growth))
    past = past_of(Q1, figures, None, date(2026, 1, 2))
    assert {round(growth, 6) for growth in past.growths} == {Decimal("0.1")}
    assert (past.years, round(past.baseline or 0, 2)) == (1, round(1000 * Decimal("1.1") ** 4, 2))


def test_a_plan_made_before_the_year_is_over_looks_two_years_back() -> None:
    year = period_of("year", date(2027, 1, 1))
    figures = [
        (period, 100 * Decimal("1.1") ** number) for number, period in enumerate(like_periods(year))
    ]
    past = past_of(year, figures, None, date(2026, 11, 26))
    assert (past.years, past.baseline) == (2, 100 * Decimal("1.1") ** 3)
    found = judge(100 * Decimal("1.1") ** 5, past)
    assert found is not None
    assert round(found.growth, 9) == Decimal("0.1")


def test_parts_that_do_not_add_up_block() -> None:
    def score(parts: int | None, *, gap: bool = False, is_short: bool = False) -> int:
        given = None if parts is None else Decimal(parts)
        return smart.timed(is_short=is_short, parts=given, whole=Decimal(12), gap=gap).score

    assert (score(12), score(11), score(None), score(5, gap=True)) == (2, 0, 1, 1)
    assert score(None, is_short=True) == 2


def test_custom_periods_are_compared_with_the_same_days_of_years_before() -> None:
    found = like_periods(Period("custom", date(2011, 5, 31), date(2011, 8, 30)))
    assert len(found) == 5
    assert (found[-1].start, found[-1].end) == (date(2010, 5, 31), date(2010, 8, 30))


@given(
    growths=st.lists(st.integers(-90, 300), min_size=3, max_size=12),
    base=st.integers(1, 10**9), target=st.integers(0, 10**9), more=st.integers(1, 10**9),
)  # fmt: skip
def test_asking_for_more_is_never_judged_easier(
    growths: list[int], base: int, target: int, more: int
) -> None:
    past = Past(baseline=Decimal(base), growths=[Decimal(g) / 100 for g in growths])
    less, harder = judge(Decimal(target), past), judge(Decimal(target + more), past)
    assert less is not None and harder is not None
    assert harder.z >= less.z
    if not less.trivial:
        assert harder.score <= less.score
