"""Endings of prices."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.pricing.services.rounding import STEPS, rounded


@pytest.mark.parametrize(
    ("price", "how", "ends"),
    [
        ("12.30", ".99", "11.99"), ("12.50", ".99", "12.99"), ("12.49", ".99", "12.99"),
        ("0.20", ".99", "0.99"), ("12.30", ".9", "11.90"), ("12.40", ".9", "12.90"),
        ("12.345", "cent", "12.35"), ("12.33", "0.05", "12.35"), ("12.32", "0.05", "12.30"),
        ("12.50", "1", "13.00"), ("124.99", "10", "120.00"), ("125", "10", "130.00"),
        ("124", "9", "129.00"), ("123.99", "9", "119.00"), ("0", "cent", "0.00"),
    ],
)  # fmt: skip
def test_a_price_ends_as_was_said(price: str, how: str, ends: str) -> None:
    assert rounded(Decimal(price), how, "CNY") == Decimal(ends)


def test_an_ending_that_the_currency_has_no_places_for() -> None:
    assert rounded(Decimal("1234.6"), ".99", "JPY") == 1235
    assert rounded(Decimal("1234.6"), "9", "JPY") == 1239


@given(st.decimals(0, 10**9, places=4), st.sampled_from([*STEPS, "cent"]))
def test_it_is_the_nearest_of_its_kind_and_exact_to_the_cent(price: Decimal, how: str) -> None:
    found = rounded(price, how, "EUR")
    assert found == found.quantize(Decimal("0.01"))
    step, end = STEPS.get(how, (Decimal("0.01"), Decimal(0)))
    assert (found - end) % step == 0
    assert abs(found - max(price, end)) <= step / 2
    assert rounded(found, how, "EUR") == found
