"""Files as people have them, taken as they come: no map but what the columns are called."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from tests.importing.files import opened, workbook, written
from tests.importing.kit import Desk, reasons

BOX = "store.Box"


def take(desk: Desk, file: Path, map: Any = None) -> list[str]:
    """What is said of rows that do not go in."""
    report = desk.take(BOX, file, map or {}, on_error="skip")
    return [f"{field}: {reason}" for _line, field, reason in reasons(report)]


def saved(desk: Desk, text: str, encoding: str = "utf-8", name: str = "file.csv") -> Path:
    return written(desk.folder, text, encoding, name)


@pytest.mark.parametrize(
    ("encoding", "text", "found"),
    [
        ("cp1252", "name;notes\nMüller;Größe für 5 €\nJosé;à côté, Señor\n", "cp1252"),
        ("latin-1", "name,notes\nFrançois,été\nBjörn,på svenska\n", "cp1252"),
        ("gbk", "name,notes\n张伟,北京市朝阳区\n李娜,Ａ座\n", "gb18030"),
        ("gbk", "name,notes\nSmith,价\n", "gb18030"),
        ("gb18030", "name,notes\n镕基,㐀𠀀\n", "gb18030"),
        ("utf-8", "name,notes\nMüller,价\n", "utf-8"),
        ("utf-8-sig", "name,notes\nMüller,价\n", "utf-8"),
        ("utf-16", "name\tnotes\nMüller\t价\n", "utf-16"),
    ],
)
def test_letters_are_what_they_were(tmp_path: Path, encoding: str, text: str, found: str) -> None:
    file = written(tmp_path, text, encoding)
    source = opened(file)
    assert source.details["encoding"] == found
    cut = source.details["delimiter"]
    lines = [line.split(cut) for line in text.splitlines()]
    assert [list(row.cells) for row in source.rows()] == lines[1:]


def test_titles_and_groups_above_the_header_are_passed_over(desk: Desk) -> None:
    text = (
        "销售报表 2026,,,,\n制表日期：2026年11月2日,,,,\n\n基本,,数字,,\n"
        'name,kind,pieces,worth,packed_on\nA,wood,1,"1,200",2026年11月2日\nB,tin,2,3元,2026/1/2\n'
        "C,,3,￥4,2026.1.3\n"
    )
    source = opened(saved(desk, text))
    assert list(source.columns) == ["name", "kind", "pieces", "worth", "packed_on"]
    assert source.details["header"] == "header in line 5"
    assert take(desk, saved(desk, text)) == []
    assert desk.rows(BOX, "name", "pieces", "worth", "packed_on") == [
        ("A", 1, 120_000, dt.date(2026, 11, 2)),
        ("B", 2, 300, dt.date(2026, 1, 2)),
        ("C", 3, 400, dt.date(2026, 1, 3)),
    ]


def test_a_merged_header_of_a_workbook(desk: Desk) -> None:
    rows = [["Stock at the end of the year"], [], ["name", "pieces", "worth"], ["A", 1, 2.5],
            ["B", 2, None], ["C", 3, 4]]  # fmt: skip
    assert take(desk, workbook(desk.folder, {"x": rows})) == []
    assert desk.rows(BOX, "name", "worth") == [("A", 250), ("B", None), ("C", 400)]


@pytest.mark.parametrize(
    "text",
    ["a\nb\nc\n", "a,b\n1,\n2,\n", "a,b,c\n1,,\n2,,\n3,,\n", "a,b,,\n1,2,3,\n5,6,7,\n"],
    ids=["one column", "two", "mostly empty", "few names"],
)
def test_a_header_at_the_top_is_not_lost(tmp_path: Path, text: str) -> None:
    columns = [name for name in opened(written(tmp_path, text)).columns if name]
    assert columns[0] == "a"


def test_words_for_nothing_where_a_number_or_a_date_belongs(desk: Desk) -> None:
    text = "name,pieces,worth,packed_on,seen_at,notes\nA,-,N/A,null,—,-\nB,无,#N/A,NaN,none,N/A\n"
    assert take(desk, saved(desk, text)) == []
    assert desk.rows(BOX, "pieces", "worth", "packed_on", "seen_at", "notes") == [
        (None, None, None, None, "-"),
        (None, None, None, None, "N/A"),
    ]


def test_numbers_of_all_kinds(desk: Desk) -> None:
    worths = ["1'234.50", "1 234.5", "(12.50)", "12.50-", "￥1,234", "1.2万", "1,234.50元", "CNY 7"]
    text = "name;worth\n" + "".join(f"{n};{worth}\n" for n, worth in enumerate(worths))
    assert take(desk, saved(desk, text)) == []
    assert [worth for (worth,) in desk.rows(BOX, "worth")] == [
        123_450, 123_450, -1250, -1250, 123_400, 1_200_000, 123_450, 700,
    ]  # fmt: skip


def test_decimal_commas_and_days_first(desk: Desk) -> None:
    text = 'name;worth;packed_on\nA;1.234,50;31.12.2026\nB;"-7,5";1.2.2026\n'
    options = {"options": {"decimal": ",", "date_format": "%d.%m.%Y"}}
    assert take(desk, saved(desk, text, "cp1252"), options) == []
    assert desk.rows(BOX, "worth", "packed_on") == [
        (123_450, dt.date(2026, 12, 31)), (-750, dt.date(2026, 2, 1)),
    ]  # fmt: skip


def test_months_in_words(desk: Desk) -> None:
    days = ["2 Nov 2026", "November 2, 2026", "02-NOV-26", "2 Sept 2026", "Nov. 2, 2026"]
    text = "name\tpacked_on\n" + "".join(f"{n}\t{day}\n" for n, day in enumerate(days))
    assert take(desk, saved(desk, text)) == []
    found = [day for (day,) in desk.rows(BOX, "packed_on")]
    assert found == [dt.date(2026, 11, 2)] * 3 + [dt.date(2026, 9, 2), dt.date(2026, 11, 2)]
    said = take(desk, saved(desk, "name,packed_on\nx,3/4/2026\ny,32 Nov 2026\n"))
    assert len(said) == 2, "3/4 is never guessed"


def test_digits_that_a_spreadsheet_has_lost_are_not_made_up(desk: Desk) -> None:
    rows = [["name", "external_id"], ["A", 123456789012345678.0], ["B", "123456789012345678"],
            ["C", 123456789012345.0], ["D", "007"]]  # fmt: skip
    (said,) = take(desk, workbook(desk.folder, {"x": rows}))
    assert "keeps 15 digits" in said
    (said,) = take(desk, saved(desk, "name,external_id\nE,1.23457E+17\n"))
    assert "has shortened this number" in said
    assert desk.rows(BOX, "external_id") == [
        ("123456789012345678",), ("123456789012345",), ("007",),
    ]  # fmt: skip


def test_totals_at_the_end_and_columns_without_use(desk: Desk) -> None:
    text = (
        "name,,pieces,name,worth,\nA,x,1,again,2,\nB,x,2,again,3,\n,,,,,\n"
        ",,3,,5,\nTotal: 2 boxes,,3,,5,\n"
    )
    said = take(desk, saved(desk, text), {"except": {"1": "Total: 2 boxes"}})
    assert [line.split(":")[0] for line in said] == ["name"]
    assert desk.rows(BOX, "name", "pieces", "worth") == [("A", 1, 200), ("B", 2, 300)]
