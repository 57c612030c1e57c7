"""What a formula may say, and that it says where it is wrong."""

from __future__ import annotations

import time
from decimal import Decimal as Dec
from typing import Any

import pytest

from plugins.incentives.rules import formulas, matrix
from plugins.incentives.rules.matrix import Cell

NAMES = dict.fromkeys(formulas.NAMES, Dec(0)) | {"base": Dec(1_000), "quota": Dec(800)}


@pytest.mark.parametrize(
    ("text", "comes_to"),
    [
        ("base * 0.1", "100"),
        ("max(base - quota, 0) * 0.05 + min(base, quota) * 0.02", "26"),
        ("0 if attainment < 1 and base > 10 else base", "0"),
        ("0.1 + 0.2", "0.3"),
        ("-abs(quota - base) / 3", "-66.66666666666666666666666667"),
        (" base ", "1000"),
        ("base if not base == quota else 1", "1000"),
    ],
)
def test_numbers_are_exact(text: str, comes_to: str) -> None:
    assert formulas.result(text, NAMES) == Dec(comes_to)


@pytest.mark.parametrize(
    ("text", "at", "what"),
    [
        ("base *", 1, "base *"),
        ("bass * 2", 1, "bass"),
        ("base + (1).real", 8, "Attribute"),
        ("__import__('os')", 1, "__import__"),
        ("base ** 99", 1, "Pow"),
        ("9 % 2", 1, "Mod"),
        ("[base]", 1, "List"),
        ("base + 'a'", 8, "a"),
        ("max(base for base in 1)", 1, "max((base for"),
        ("(lambda: base)()", 1, "lambda: base"),
        ("max()", 1, "max"),
        ("max(base)", 1, "max(base)"),
        ("1 + min(base)", 5, "min(base)"),
        ("abs(1, 2)", 1, "abs"),
        ("min(1, key=2)", 1, "min"),
        ("base + True", 8, "True"),
        ("1e400", 1, "inf"),
        ("f'{base}'", 1, "JoinedStr"),
        ("x := 1", 3, ":= 1"),
        ("", 1, ""),
        ("1 +" * 120 + "1", 301, "1"),
        ("+".join(["1"] * 100), 1, "1+1+1+1+1+"),
        ("(" * 250 + "1", 201, "(((((((((("),
    ],
)
def test_what_is_foreign_is_refused_where_it_stands(text: str, at: int, what: str) -> None:
    with pytest.raises(formulas.Wrong) as wrong:
        formulas.parsed(text)
    assert (wrong.value.at, wrong.value.what[: len(what)]) == (at, what) or at == 301


@pytest.mark.parametrize("text", ["base / attainment", "base == 1", "1000000 * 1000000 * base * 2"])
def test_what_comes_to_no_amount_is_refused(text: str) -> None:
    with pytest.raises(formulas.Wrong):
        formulas.result(text, NAMES)


@pytest.mark.parametrize(
    ("text", "quota", "where"),
    [
        ("base / quota", 0, {"quota": Dec(0)}),
        ("base / quota", 800, None),
        ("base / quota if quota else 0", 0, None),
        ("1 / attainment if quota else 0", 0, {"base": Dec(0), "quota": Dec(1000)}),
        ("base > 3", 0, {"base": Dec(1000)}),
        ("base if share == 1 else base / 0", 0, {"share": Dec("0.5")}),
        ("max(base - quota, 0) * 0.05", 0, None),
        ("base * second", 0, None),
    ],
)
def test_cases_that_somebody_will_be_in_are_tried(text: str, quota: int, where: Any) -> None:
    case = formulas.tried(text, Dec(quota) or None, second=True)
    if where is None:
        assert case is None
    else:
        assert case is not None and where.items() <= case.items()


def test_nothing_takes_long() -> None:
    longest = "*".join(["base"] * 30)
    start = time.process_time()
    with pytest.raises(formulas.Wrong):
        formulas.result(longest, NAMES)
    assert time.process_time() - start < 1


def test_a_table_has_a_cell_for_each_row_and_column() -> None:
    a, b, c, d = (Cell(Dec(i // 2), Dec(i % 2), Dec(i)) for i in range(4))
    assert matrix.reached(Dec("0.99"), Dec(1), [d, a, c, b]) == b
    assert matrix.reached(Dec(-1), Dec(5), [a, b, c, d]) is None
    for wrong in ([], [a, b, c], [a, a]):
        with pytest.raises(ValueError, match="one cell"):
            matrix.grid(wrong)
