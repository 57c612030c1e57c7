"""The worked examples of pay, and what holds for any numbers."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal as Dec
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin_api.money import allocate
from plugin_api.periods import months_between
from plugins.incentives.rules import bonuses, clawback, curves, limits, tiers
from plugins.incentives.rules.lines import Line, grown, rounded, total
from plugins.incentives.rules.tiers import Step

TIERS = [
    Step(Dec(0), Dec("0.05")),
    Step(Dec(100_000), Dec("0.07")),
    Step(Dec(200_000), Dec("0.10")),
]
money = st.decimals(-500_000, 500_000, places=2)
rates = st.decimals(0, "0.5", places=4)


@st.composite
def tables(draw: st.DrawFn) -> list[Step]:
    starts = draw(st.lists(st.integers(1, 400_000), unique=True, max_size=5))
    return [Step(Dec(start), draw(rates)) for start in (0, *starts)]


def marginal(base: Dec) -> Dec:
    return total(tiers.marginal(base, TIERS))


def slab(base: Dec) -> Dec:
    return total(tiers.slab(base, TIERS))


class TestFlat:
    def test_the_base_decides(self) -> None:
        paid = [total(tiers.flat(Dec(base), Dec("0.05"))) for base in (100_000, 60_000, 40_000)]
        assert paid == [5_000, 3_000, 2_000]

    def test_a_period_is_rounded_once(self) -> None:
        lines = tiers.flat(Dec("33.35") * 3 * 100, Dec("0.05"))
        assert rounded([total(lines)]) == [500], "5.00, though three lines of 1.67 are 5.01"
        each = [total(tiers.flat(Dec("3335"), Dec("0.05")))] * 3
        assert sum(rounded(each)) == 500

    def test_losses_lower_what_others_bring(self) -> None:
        assert total(tiers.flat(Dec(-10_000), Dec("0.05"))) == -500


class TestTiers:
    def test_each_part_at_its_own_rate(self) -> None:
        lines = tiers.marginal(Dec(220_000), TIERS)
        assert [line.amount for line in lines] == [5_000, 7_000, 2_000]
        assert lines[1] == Line(Dec(100_000), Dec("0.07"), Dec(100_000), Dec(200_000))
        assert total(lines) == 14_000

    def test_the_period_counts_not_the_document(self) -> None:
        assert sum(marginal(Dec(20_000)) for _ in range(11)) == 11_000 != marginal(Dec(220_000))

    def test_all_at_the_rate_reached_and_its_cliff(self) -> None:
        assert slab(Dec(220_000)) == 22_000
        assert (slab(Dec("199999.99")), slab(Dec(200_000))) == (Dec("13999.9993"), 20_000)
        assert [round(cliff.jump) for cliff in tiers.cliffs(TIERS)] == [2_000, 6_000]

    def test_a_return_is_of_the_period_it_was_sold_in(self) -> None:
        assert marginal(Dec(220_000)) - marginal(Dec(180_000)) == 3_400
        assert marginal(Dec(60_000)) - marginal(Dec(20_000)) == 2_000, "netted in April"
        assert slab(Dec(220_000)) - slab(Dec(180_000)) == 9_400
        assert slab(Dec(120_000)) == 8_400 and slab(Dec(90_000)) == 4_500

    def test_tables_without_a_beginning_or_with_two_are_refused(self) -> None:
        for wrong in ([], [Step(Dec(1), Dec(1))], [Step(Dec(0), Dec(1)), Step(Dec(0), Dec(2))]):
            with pytest.raises(ValueError):
                tiers.marginal(Dec(1), wrong)

    @given(money, tables())
    def test_the_parts_are_the_whole(self, base: Dec, steps: list[Step]) -> None:
        assert sum(line.base for line in tiers.marginal(base, steps)) == base
        assert sum(line.base for line in tiers.slab(base, steps)) == base

    @given(money, st.integers(1, 100), tables())
    def test_marginal_pay_never_jumps_nor_falls(self, base: Dec, cents: int, s: list[Step]) -> None:
        more = Dec(cents) / 100
        grown = total(tiers.marginal(base + more, s)) - total(tiers.marginal(base, s))
        assert 0 <= grown <= more * max(step.rate for step in s)


class TestAcceleratorsAndCurves:
    BANDS = (Step(Dec(0), Dec(1)), Step(Dec(1), Dec("1.5")), Step(Dec("1.2"), Dec(2)))

    def test_what_is_beyond_the_quota_counts_more(self) -> None:
        steps = tiers.accelerator(Dec(50_000), Dec(500_000), self.BANDS)
        lines = tiers.marginal(Dec(650_000), steps)
        assert [line.amount for line in lines] == [50_000, 15_000, 10_000]

    def test_nothing_is_accelerated_without_a_quota(self) -> None:
        with pytest.raises(ValueError, match="quota"):
            tiers.accelerator(Dec(50_000), Dec(0), self.BANDS)

    @pytest.mark.parametrize(
        ("at", "pays"),
        [("69.9", 0), ("69.96", 0), (70, 50), (85, 75), (110, 125), (120, 150), (130, 150)],
    )
    def test_straight_lines_from_a_threshold_on(self, at: object, pays: int) -> None:
        points = [(Dec(70), Dec(50)), (Dec(100), Dec(100)), (Dec(120), Dec(150))]
        assert curves.payout(Dec(str(at)), points) == pays

    def test_a_curve_needs_points(self) -> None:
        for wrong in ([], [(Dec(1), Dec(1)), (Dec(1), Dec(2))]):
            with pytest.raises(ValueError):
                curves.payout(Dec(1), wrong)


class TestShares:
    def test_a_revenue_in_three(self) -> None:
        assert allocate(100_000, [1, 1, 1]) == [33_334, 33_333, 33_333]


class TestLimits:
    def test_a_cap_and_what_lies_above_it(self) -> None:
        assert limits.cap(Dec(14_000), Dec(12_000)) == limits.Capped(Dec(12_000), Dec(2_000))
        assert limits.cap(Dec(12_000), Dec(12_000)).over == 0, "nothing is clawed back"
        assert limits.cap(Dec(9_000), Dec(12_000), Dec(2_000)) == limits.Capped(Dec(11_000), Dec(0))

    def test_a_draw_is_owed_until_earnings_exceed_it(self) -> None:
        owed, paid = Dec(0), []
        for earned in (1_800, 2_500, 5_200):
            drawn = limits.draw(Dec(earned), Dec(3_000), owed)
            owed = drawn.balance
            paid.append((drawn.paid, drawn.balance))
        assert paid == [(3_000, 1_200), (3_000, 1_700), (3_500, 0)]
        assert sum(amount for amount, _ in paid) == 9_500

    def test_a_guarantee_is_owed_by_nobody(self) -> None:
        drawn = [limits.draw(Dec(e), Dec(3_000), recovered=False) for e in (1_800, 2_500, 5_200)]
        assert [each.paid for each in drawn] == [3_000, 3_000, 5_200]
        assert {each.balance for each in drawn} == {0}

    @given(st.lists(money, max_size=12), st.decimals(0, 10_000, places=2))
    def test_what_is_paid_is_what_was_earned_and_what_is_owed(
        self, some: list[Dec], least: Dec
    ) -> None:
        owed, paid = Dec(0), Dec(0)
        for earned in some:
            drawn = limits.draw(earned, least, owed)
            owed, paid = drawn.balance, paid + drawn.paid
            assert owed >= 0 and drawn.paid >= least
        assert paid - owed == sum(some)


class TestBonuses:
    def test_the_budget_ends_with_the_twenty_fifth_unit(self) -> None:
        made = bonuses.granted([Dec(20), Dec(4), Dec(1), Dec(1)], Dec(200), Dec(5_000))
        assert [each.amount for each in made] == [4_000, 800, 200, 0]

    def test_nobody_gives_back_what_others_were_paid(self) -> None:
        made = bonuses.granted([Dec(25), Dec(1), Dec(-1), Dec(-1)], Dec(200), Dec(5_000), "abba")
        assert [each.units for each in made] == [25, 0, 0, -1]

    def test_units_that_come_back_make_room(self) -> None:
        made = bonuses.granted([Dec(25), Dec(5), Dec(-10), Dec(12)], Dec(200), Dec(5_000))
        assert [each.units for each in made] == [25, 0, -10, 10]

    @given(st.lists(st.integers(-20, 20).map(Dec), max_size=20), st.integers(0, 9_000).map(Dec))
    def test_no_more_than_the_budget_and_no_less_than_nothing(
        self, units: list[Dec], budget: Dec
    ) -> None:
        spent = Dec(0)
        for each in bonuses.granted(units, Dec(200), budget):
            spent += each.amount
            assert 0 <= spent <= budget


@given(st.lists(st.decimals(-1000, 1000, places=4), max_size=20))
def test_rounded_parts_are_the_rounded_sum(amounts: list[Dec]) -> None:
    parts = rounded(amounts)
    assert sum(parts) == (rounded([sum(amounts, Dec(0))])[0] if amounts else 0)
    assert all(abs(part - amount) <= 1 for part, amount in zip(parts, amounts, strict=True))


def test_curves_never_fall_between_rising_points() -> None:
    points = [(Dec("0.7"), Dec("0.5")), (Dec(1), Dec(1)), (Dec("1.2"), Dec("1.5"))]
    paid = [curves.payout(Dec(i) / 100, points) for i in range(60, 140)]
    assert all(before <= after for before, after in pairwise(paid))


class TestReversals:
    def test_what_is_cancelled_is_taken_back_for_the_months_left(self) -> None:
        """1,200 earned over 12 months, cancelled after 5: 700."""
        sold, gone = date(2025, 1, 15), date(2025, 6, 20)
        assert clawback.kept(Dec(-1_200), sold, gone, 12) == -700
        assert clawback.kept(Dec(-1_200), sold, sold, 12) == -1_200
        assert clawback.kept(Dec(-1_200), sold, date(2026, 1, 15), 12) == 0
        assert clawback.kept(Dec(1_200), sold, gone, 12) == 1_200

    def test_a_month_is_over_on_its_day_or_its_last(self) -> None:
        for start, end, months in (
            ("2025-01-31", "2025-02-28", 1), ("2025-01-31", "2025-02-27", 0),
            ("2025-01-15", "2025-02-14", 0), ("2025-01-15", "2025-02-15", 1),
            ("2024-02-29", "2025-02-28", 12), ("2025-05-02", "2025-04-02", 0),
        ):  # fmt: skip
            found = months_between(date.fromisoformat(start), date.fromisoformat(end))
            assert found == months, (start, end)

    @given(st.integers(1, 60), st.integers(0, 90), st.integers(1, 100_000))
    def test_no_more_is_taken_back_than_was_sold(self, over: int, days: int, cents: int) -> None:
        sold = date(2025, 1, 31)
        lost = clawback.kept(
            Dec(-cents), sold, date.fromordinal(sold.toordinal() + days * 20), over
        )
        assert -cents <= lost <= 0


class TestProration:
    def test_a_joiner_has_the_share_of_the_days(self) -> None:
        """Joined on 16 May of the second quarter of 2025, by calendar and by Monday to Friday."""
        quota = Dec(120_000)
        days = [date(2025, 4, 1) + timedelta(days=i) for i in range(91)]
        of = [day for day in days if day >= date(2025, 5, 16)]
        assert round(quota * len(of) / len(days), 2) == Dec("60659.34")
        work = [day for day in days if day.weekday() < 5]
        worked = [day for day in of if day.weekday() < 5]
        assert (len(worked), len(work)) == (32, 65)
        assert round(quota * len(worked) / len(work), 2) == Dec("59076.92")


@given(
    st.permutations(range(6)), st.lists(st.integers(-50_000, 90_000), min_size=6, max_size=6),
    tables(), st.booleans(),
)  # fmt: skip
def test_the_order_inside_a_period_makes_no_difference(
    order: list[int], amounts: list[int], steps: list[Step], is_slab: bool
) -> None:
    rule = tiers.slab if is_slab else tiers.marginal

    def paid(some: list[int]) -> int:
        """Entered after each event: what it comes to beyond what was entered."""
        base, entered = Dec(0), 0
        for amount in some:
            base += amount
            entered += sum(rounded([total(rule(base, steps)) * 100])) - entered
        return entered

    assert paid([amounts[i] for i in order]) == paid(amounts) == paid([sum(amounts)])


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(1, 100), min_size=1, max_size=8))
def test_splits_give_away_all_of_it_and_no_more(amount: int, weights: list[int]) -> None:
    assert sum(allocate(amount, weights)) == amount


@given(tables(), st.lists(money, max_size=8))
def test_what_grew_step_by_step_is_the_whole(steps: list[Step], amounts: list[Dec]) -> None:
    base, made = Dec(0), Dec(0)
    for amount in amounts:
        before = tiers.marginal(base, steps)
        base += amount
        made += total(grown(tiers.marginal(base, steps), before))
    assert made == total(tiers.marginal(base, steps))
