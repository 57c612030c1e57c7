"""Money as integers of minor units."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin_api.money import convert, from_minor, precision, round_half_up, to_minor


@pytest.mark.parametrize(("currency", "places"), [("CNY", 2), ("JPY", 0), ("KWD", 3)])
def test_decimal_places_are_those_of_the_currency(currency, places):
    assert precision(currency) == places


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [("1.005", "CNY", 101), ("-1.005", "CNY", -101), ("1.5", "JPY", 2), ("1.0005", "KWD", 1001)],
)
def test_amounts_round_half_up_away_from_zero(amount, currency, minor):
    assert to_minor(Decimal(amount), currency) == minor


def test_rounding_half_up_once():
    assert [round_half_up(Decimal(v)) for v in ("0.5", "1.5", "-0.5", "0.49")] == [1, 2, -1, 0]


@pytest.mark.parametrize(
    ("rate", "commission"), [("7.80", 234_000), ("7.70", 231_000), ("7.60", 228_000)]
)
def test_a_commission_of_3_percent_on_eur_10000_at_three_rates(rate, commission):
    assert convert(10_000_00 * 3 // 100, "EUR", "CNY", Decimal(rate)) == commission


def test_conversion_between_currencies_of_different_places():
    assert convert(1_000_00, "CNY", "JPY", Decimal("20.5")) == 20_500
    assert convert(20_500, "JPY", "CNY", 1 / Decimal("20.5")) == 1_000_00


@given(st.integers(-(10**15), 10**15), st.sampled_from(["CNY", "JPY", "KWD"]))
def test_minor_units_and_amounts_are_each_others_inverse(minor, currency):
    assert to_minor(from_minor(minor, currency), currency) == minor
