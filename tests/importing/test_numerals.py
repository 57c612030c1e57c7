"""Numbers as other systems write them: what they mean, and what is never guessed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from core.data import numbers
from core.data.importing.errors import UnusableMap
from core.data.importing.numerals import is_unclear, sign_of, unit_of
from tests.importing.files import workbook
from tests.importing.kit import Desk, reasons

BOX = "store.Box"


def worths(desk: Desk, text: str, map: Any = None) -> list[int | None]:
    """What a file makes of the worth of each box, all of them sound."""
    report = desk.take(BOX, text, map)
    assert reasons(report) == []
    return [worth for (worth,) in desk.rows(BOX, "worth")]


def said(desk: Desk, text: str, map: Any = None) -> list[str]:
    """Why rows do not go in."""
    return [reason for _line, _field, reason in reasons(desk.take(BOX, text, map))]


@pytest.mark.parametrize(
    ("texts", "sign"),
    [
        (["1.234,50 €", "1.500"], ","), (["2,5"], ","), (["1.234.567"], ","), (["0,125"], ","),
        (["1,234.50", "1,500"], "."), (["2.5"], "."), (["1,234,567"], "."), (["-0.125"], "."),
        (["1.500", "12.000", "7"], ""), (["1,5", "1.5"], ""), (["n/a", "05.03.2026"], ""),
        (["1 234,5"], ","), (["1'234.5"], "."), (["12,5万"], ","), ([], ""),
    ],
)  # fmt: skip
def test_the_decimal_sign_is_told_where_it_is_proven(texts: list[str], sign: str) -> None:
    assert sign_of(texts) == sign


def test_the_sign_of_a_file_holds_for_all_of_its_rows(desk: Desk) -> None:
    text = "name;worth;pieces\nA;1.500;1.200\nB;12.000;7\nC;1.234,50 CNY;-\n"
    assert worths(desk, text) == [150_000, 1_200_000, 123_450]
    assert desk.rows(BOX, "pieces") == [(1200,), (7,), (None,)]


def test_what_may_be_a_thousand_times_as_much_is_refused(desk: Desk) -> None:
    text = "name;worth;weight\nA;1.500;1.500\nB;7;2\n"
    (reason,) = said(desk, text)
    assert "“1.500” may be a thousand times as much" in reason
    assert "in a map “decimal”" in reason
    assert worths(desk, text, {"options": {"decimal": "."}}) == [150, 700]
    assert desk.rows(BOX, "weight")[0] == (Decimal("1.500"),)


def test_numbers_of_a_workbook_are_clear(desk: Desk) -> None:
    file = workbook(desk.folder, {"x": [["name", "worth"], ["A", 1500.0], ["B", 1.25]]})
    assert reasons(desk.take(BOX, file)) == []
    assert desk.rows(BOX, "worth") == [(150_000,), (125,)]


def test_a_fraction_is_no_group_of_thousands(desk: Desk) -> None:
    with pytest.raises(ValueError, match="not a number"):
        numbers.number("0,125")
    assert numbers.number("12,34,567.5") == Decimal("1234567.5"), "as in India"
    assert numbers.number("1.2千万") == 12_000_000
    (reason,) = said(desk, "name;worth\nA;0,12\nB;1.5\n")
    assert "If its decimal sign is a comma, say so (on the page “Decimal sign”" in reason


def test_errors_show_numbers_as_they_stand(desk: Desk) -> None:
    (reason,) = said(desk, "name;worth\nA;1.234,5x7\nB;1,5\n")
    assert reason == "“1.234,5x7” is not a number."


def test_too_fine_a_number_says_what_helps(desk: Desk) -> None:
    helps = "Rounding helps (on the page “Round what is finer than its field”, in a map “round”)."
    assert said(desk, "name,worth,pieces\nA,1.2345,1\nB,1,1.5\n") == [
        f"At most 2 decimal places. {helps}",
        f"Expected a whole number. {helps}",
    ]


@pytest.mark.parametrize(
    ("column", "factor", "mark"),
    [
        ("金额（万元）", 10_000, "元"), ("金额(单位：万元)", 10_000, "元"),
        ("金额/万元", 10_000, "元"), ("Amount (USD)", 1, "USD"), ("Revenue [k€]", 1000, "€"),
        ("Revenue (in thousands)", 1000, ""), ("Revenue (EUR million)", 10**6, "EUR"),
        ("Amount ($M)", 10**6, "$"), ("TEUR", 1, ""), ("Umsatz (TEUR)", 1000, "EUR"),
        ("Umsatz (Mio. €)", 10**6, "€"), ("Price / month", 1, ""),
        ("Amount (converted)", 1, ""), ("Amount (Cash)", 1, ""), ("金额（亿）*", 10**8, ""),
        ("Fee/m", 1, ""), ("Amount (in thousands of EUR)", 1000, "EUR"), ("Amount", 1, ""),
    ],
)  # fmt: skip
def test_a_header_says_what_its_numbers_count(column: str, factor: int, mark: str) -> None:
    assert unit_of(column) == (factor, mark)


def test_amounts_count_what_their_header_says(desk: Desk) -> None:
    columns = {"columns": {"name": "name", "worth": "价值（万元）"}}
    text = 'name,价值（万元）\nA,12.5\nB,"1,200"\nC,3万\nD,500元\n'
    report = desk.take(BOX, text, columns)
    assert report.details["价值（万元）"] == "“价值（万元）” × 10000"
    assert [worth for (worth,) in desk.rows(BOX, "worth")] == [
        12_500_000, 1_200_000_000, 3_000_000, 50_000,
    ]  # fmt: skip


def test_a_scale_that_is_said_holds(desk: Desk) -> None:
    map = {"columns": {"name": "name", "worth": "worth (万元)"}, "scale": {"worth": 1}}
    map["defaults"] = {"worth": "7"}
    assert worths(desk, "name,worth (万元)\nA,12.5\nB,\n", map) == [1250, 700]
    map["scale"] = {"worth": 1000}
    assert worths(desk, "name,worth (万元)\nC,12.5\nD,\n", map)[2:] == [1_250_000, 700]


def test_a_title_says_what_all_amounts_count(desk: Desk) -> None:
    text = "2026年库存,,,\n单位：万元,,,\nname,worth,pieces,notes\nA,12.5,1,x\nB,3,x,x\nC,4,2,x\n"
    bad = desk.folder / "bad.csv"
    report = desk.take(BOX, text, on_error="skip", errors_to=bad)
    assert report.errors == 1
    assert desk.rows(BOX, "worth", "pieces") == [(12_500_000, 1), (4_000_000, 2)]
    assert "B,3万,x,x" in bad.read_text("utf-8-sig"), "the title is not in this file"
    corrected = bad.read_text("utf-8-sig").replace("3万,x", "3万,5")
    assert worths(desk, corrected)[2:] == [3_000_000]


def test_the_currency_of_a_header_has_to_fit(desk: Desk) -> None:
    columns = {"columns": {"name": "name", "worth": "worth (USD)"}}
    (reason,) = said(desk, "name,worth (USD)\nA,12.5\n", columns)
    assert reason == "“USD” does not fit: the amount is in CNY."


def test_a_number_comes_from_one_column(desk: Desk) -> None:
    columns = {"columns": {"name": "name", "worth": ["worth", "pieces"]}}
    with pytest.raises(UnusableMap, match=r"\[columns\] worth: a number comes from one column"):
        desk.take(BOX, "name,worth,pieces\nA,100,200\n", columns)


@pytest.mark.parametrize("text", ["1.500", "999.999", "€ 1.500,-", "-12.000"])
def test_unclear_numbers(text: str) -> None:
    assert is_unclear(text.replace(",-", ""))
