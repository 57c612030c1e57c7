"""Numbers as they are typed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.numbers import LARGEST, amount, minor_units, number, percentage, steps


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5", "5"), ("1,234.50", "1234.50"), ("1 234.5", "1234.5"), ("-0.5", "-0.5"),
        (".5", "0.5"), ("5.", "5"), ("+7", "7"), ("１，２３４．５", "1234.5"), ("−3", "-3"),
        ("(12)", "-12"), ("（１２）", "-12"), ("1.5万", "15000"), ("2亿", "200000000"),
        ("3千", "3000"), ("\u30001,000,000\u00a0", "1000000"), ("007", "7"),
    ],
)  # fmt: skip
def test_numbers_in_either_language(text: str, value: str) -> None:
    assert number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    ["", "abc", "1,5", "12,34", "1,2345", "1.2.3", "1e5", "--1", "+(1)", "(1", "1)", "5%", "¥5",
     "10²", "½", "٣", "NaN", "Infinity", "0x10", "1 2", "1,000 000", "5 apples", "9" * 61],
)  # fmt: skip
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(ValueError, match="is not a number"):
        number(text)


@pytest.mark.parametrize(("text", "value"), [("50%", 50), ("５０％", 50), ("12.5 %", "12.5")])
def test_percentages(text: str, value: str) -> None:
    assert percentage(text) == Decimal(value)


@pytest.mark.parametrize("text", ["%50", "50%%", "¥50"])
def test_what_is_no_percentage(text: str) -> None:
    with pytest.raises(ValueError, match="is not a number"):
        percentage(text)


@pytest.mark.parametrize(
    ("text", "currency", "value"),
    [
        ("￥1,234.5", "CNY", "1234.5"), ("¥-3", "CNY", "-3"), ("-¥3", "CNY", "-3"),
        ("1,234.50元", "CNY", "1234.5"), ("120万元", "CNY", "1200000"), ("RMB 5", "CNY", "5"),
        ("cny 5", "CNY", "5"), ("5 CNY", "CNY", "5"), ("¥5", "JPY", "5"), ("$5", "USD", "5"),
        ("US$5", "USD", "5"), ("$5", "HKD", "5"), ("HK$5", "HKD", "5"), ("€5", "EUR", "5"),
        ("(€5)", "EUR", "-5"), ("5", "KWD", "5"),
    ],
)  # fmt: skip
def test_amounts(text: str, currency: str, value: str) -> None:
    assert amount(text, currency) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "currency"), [("$5", "CNY"), ("¥5", "USD"), ("5元", "EUR"), ("USD 5", "CNY")]
)
def test_an_amount_says_another_currency(text: str, currency: str) -> None:
    with pytest.raises(ValueError, match=f"does not fit: the amount is in {currency}"):
        amount(text, currency)


@pytest.mark.parametrize(
    ("value", "currency", "minor"),
    [("1234.5", "CNY", 123450), ("-3", "JPY", -3), ("1.234", "KWD", 1234), ("0", "CNY", 0)],
)
def test_minor_units(value: str, currency: str, minor: int) -> None:
    assert minor_units(Decimal(value), currency) == minor


@pytest.mark.parametrize(
    ("value", "places", "why"),
    [
        ("1.005", 2, "At most 2 decimal places"), ("0.5", 0, "Expected a whole number"),
        ("1e30", 0, "too large"), ("9" * 60, 2, "too large"), ("1e999999", 2, "too large"),
        ("1e-999999", 2, "At most 2"), ("NaN", 2, "Expected a number"),
        ("Infinity", 2, "Expected a number"), ("1." + "0" * 200 + "1", 2, "At most 2"),
        (str(LARGEST + 1), 0, "too large"),
    ],
)  # fmt: skip
def test_what_no_column_holds(value: str, places: int, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        steps(Decimal(value), places)


def test_amounts_stay_where_sums_fit() -> None:
    with pytest.raises(ValueError, match="too large"):
        minor_units(Decimal(10**13) + 1, "CNY")
    assert minor_units(Decimal(10**13), "CNY") == 10**15


@given(st.integers(-LARGEST, LARGEST), st.integers(0, 6))
def test_a_number_in_steps_is_exact(whole: int, places: int) -> None:
    value = Decimal(whole).scaleb(-places)
    assert steps(value, places) == whole


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=4))
def test_what_is_shown_is_read_back(value: Decimal) -> None:
    assert number(f"{value:,f}") == value


@given(st.text(max_size=80))
def test_any_text_is_a_number_or_is_refused(text: str) -> None:
    try:
        steps(amount(text, "CNY"), 2)
    except ValueError as error:
        assert str(error)
