"""The days that a period is compared with, and what a change is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from core.analysis.comparing import Change, change, span_before
from core.measures.engine import Tally

D = date


@pytest.mark.parametrize(
    ("compare", "start", "end", "today", "expected"),
    [
        ("previous", D(2026, 4, 1), D(2026, 6, 30), D(2026, 8, 1),
         (D(2026, 1, 1), D(2026, 3, 31))),
        ("previous", D(2026, 3, 1), D(2026, 3, 31), D(2026, 8, 1),
         (D(2026, 2, 1), D(2026, 2, 28))),
        ("previous", D(2026, 3, 1), D(2026, 3, 31), D(2026, 3, 30),
         (D(2026, 2, 1), D(2026, 2, 28))),
        ("previous", D(2026, 11, 1), D(2026, 11, 30), D(2026, 11, 26),
         (D(2026, 10, 1), D(2026, 10, 26))),
        ("previous", D(2026, 4, 1), D(2027, 3, 31), D(2026, 11, 26),
         (D(2025, 4, 1), D(2025, 11, 26))),
        ("previous", D(2026, 10, 28), D(2026, 11, 26), D(2026, 11, 26),
         (D(2026, 9, 28), D(2026, 10, 27))),
        ("previous", D(2026, 11, 2), D(2026, 11, 8), D(2026, 11, 4),
         (D(2026, 10, 26), D(2026, 10, 28))),
        ("year", D(2025, 2, 1), D(2025, 2, 28), D(2026, 1, 1),
         (D(2024, 2, 1), D(2024, 2, 29))),
        ("year", D(2024, 2, 29), D(2024, 3, 5), D(2026, 1, 1),
         (D(2023, 2, 28), D(2023, 3, 5))),
        ("year", D(2026, 1, 1), D(2026, 12, 31), D(2026, 11, 26),
         (D(2025, 1, 1), D(2025, 11, 26))),
    ],
)  # fmt: skip
def test_the_days_that_are_compared_with(
    compare: str, start: date, end: date, today: date, expected: tuple[date, date]
) -> None:
    assert span_before(compare, start, end, today) == expected


def of(value: int, facts: int = 20) -> Tally:
    return Tally(above=Decimal(value), facts=facts)


def test_r18_growth() -> None:
    grown = change(of(1_200_000), of(1_000_000))
    assert (grown.difference, grown.share) == (200_000, Decimal("0.2"))
    assert change(of(75), of(100)).share == Decimal("-0.25")


def test_nothing_is_a_per_cent_of_what_is_zero_or_below() -> None:
    assert change(of(5), of(0)) == Change(before=Decimal(0), difference=Decimal(5))
    assert change(of(5), of(-5)).share is None
    assert change(of(0, 0), of(0, 0)) == Change(before=Decimal(0), difference=Decimal(0))
    nothing = Tally(below=Decimal(0))
    assert change(nothing, nothing) == Change(before=None)


def test_few_facts_are_said() -> None:
    thin = change(of(300, 4), of(100, 20))
    assert (thin.difference, thin.share, thin.is_thin) == (200, None, True)


def test_ratios_are_put_together_from_their_parts() -> None:
    rates = [Tally(above=Decimal(a), below=Decimal(b)) for a, b in ((1, 2), (0, 8), (0, 0))]
    assert [rate.value for rate in rates] == [Decimal("0.5"), 0, None]
    assert sum(rates, start=Tally(below=Decimal(0))).value == Decimal("0.1")
