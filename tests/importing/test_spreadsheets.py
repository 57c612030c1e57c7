"""What spreadsheets and programs that write for them leave in files."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import xlsxwriter

from core.data.importing.errors import UnusableFile
from tests.importing.files import cells_of, opened, rewritten, rows_of, workbook, written
from tests.importing.kit import Desk, reasons

BOX = "store.Box"


def test_a_number_that_is_no_day_is_not_made_one(desk: Desk) -> None:
    rows = [["name", "packed_on"], ["A", 2026], ["B", 20260305], ["C", 46086], ["D", 99999999]]
    report = desk.take(BOX, workbook(desk.folder, {"x": rows}), on_error="skip")
    assert [(line, reason) for line, _field, reason in reasons(report)] == [
        (2, "“2026” is not a date such as 2026-01-31."),
        (5, "“99999999” is not a date such as 2026-01-31."),
    ]
    assert desk.rows(BOX, "packed_on") == [(dt.date(2026, 3, 5),)] * 2


def test_the_midnight_of_another_zone_is_still_its_day(desk: Desk) -> None:
    text = "name,packed_on\nA,2026-03-05T00:00:00.000-1000\nB,2026-03-04T16:00:00Z\n"
    assert reasons(desk.take(BOX, text, {"options": {"round": True}})) == []
    assert desk.rows(BOX, "packed_on") == [(dt.date(2026, 3, 5),)] * 2


def test_a_sheet_that_is_hidden_is_not_the_first(tmp_path: Path) -> None:
    path = tmp_path / "file.xlsx"
    with xlsxwriter.Workbook(path) as book:
        hidden = book.add_worksheet("lists")
        hidden.write_row(0, 0, ["x"])
        shown = book.add_worksheet("data")
        shown.write_column(0, 0, ["name", "A"])
        shown.activate()
        shown.set_first_sheet()
        hidden.hide()
    assert cells_of(path) == [("A",)]
    assert opened(path).sheets == ("lists", "data")
    assert cells_of(path, sheet="lists") == []


def test_a_cell_over_several_rows_counts_for_each(tmp_path: Path) -> None:
    path = tmp_path / "file.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, 2, "Boxes of 2026")
        sheet.write_row(1, 0, ["place", "name", "notes"])
        sheet.merge_range(2, 0, 4, 0, "Hall")
        for line, name in enumerate("ABC", 2):
            sheet.write_row(line, 1, [name, "x"])
        sheet.write_row(5, 0, ["Room", "D", "x"])
        sheet.merge_range(6, 0, 6, 1, "wide")
    assert [cells[:2] for cells in cells_of(path)] == [
        ("Hall", "A"), ("Hall", "B"), ("Hall", "C"), ("Room", "D"), ("wide", ""),
    ]  # fmt: skip


def test_merged_cells_are_bounded(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"x": [["name"], ["A"]]})
    merged = "</sheetData><mergeCells>" + '<mergeCell ref="A1:A10001"/>' * 300 + "</mergeCells>"
    rewritten(path, "xl/worksheets/sheet1.xml", ("</sheetData>", merged))
    with pytest.raises(UnusableFile, match="The workbook is too large; save the sheet as CSV"):
        rows_of(path)


def test_lines_are_those_of_the_sheet_wherever_the_table_begins(tmp_path: Path) -> None:
    path = tmp_path / "file.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(3, 1, ["place", "name", "notes"])
        sheet.merge_range(4, 1, 5, 1, "Hall")
        sheet.write_row(4, 2, ["A", "x"])
        sheet.write_row(5, 2, ["B", "y"])
    assert [(row.line, row.cells) for row in rows_of(path)] == [
        (5, ("Hall", "A", "x")), (6, ("Hall", "B", "y")),
    ]  # fmt: skip
    assert rows_of(path, skip_rows=4, header=False)[0].line == 5


def test_what_keeps_a_spreadsheet_from_reading_a_number_is_no_part_of_it(desk: Desk) -> None:
    text = 'name,external_id,phone\nA,="00123",="13800138001"\nB,\'0045,\'13800138002\n'
    assert reasons(desk.take(BOX, text)) == []
    assert desk.rows(BOX, "external_id", "phone") == [
        ("00123", "13800138001"), ("0045", "13800138002"),
    ]  # fmt: skip


def test_signs_that_nobody_sees_are_no_part_of_a_name(desk: Desk) -> None:
    desk.make("store.Place", name="Great Hall")
    text = "name,place\n\u200bA\ufeff,Great\u00a0Hall\u200b\nB,great  hall\n"
    assert reasons(desk.take(BOX, text)) == []
    assert desk.rows(BOX, "name", "place.name") == [("A", "Great Hall"), ("B", "Great Hall")]


def test_a_line_for_spreadsheets_names_the_delimiter(tmp_path: Path) -> None:
    path = written(tmp_path, "\ufeffsep=;\r\nname;notes\r\nA;1,5\r\n", "utf-8")
    assert opened(path).columns == ("name", "notes")
    assert cells_of(path) == [("A", "1,5")]
    assert cells_of(written(tmp_path, "sep=\t\nname\nA\n")) == [("A",)]


def test_notes_below_a_table_and_totals_are_no_records(desk: Desk) -> None:
    text = (
        "name,kind,pieces,notes\nA,tin,1,x\n\nC,tin,3,x\n\nD\n\nE,tin,4,x\n合计：,,8,\n"
        "\nGrand Totals (4)\nConfidential\n\nCopyright 2026\n"
    )
    report = desk.take(BOX, text, on_error="skip")
    assert [row[0] for row in desk.rows(BOX, "name")] == ["A", "C", "D", "E"]
    assert [line for line, _field, _reason in reasons(report)] == [9, 11, 12, 14]
    said = [reason for _line, _field, reason in reasons(report)]
    assert said[0] == "This seems to be a total and no record: leave the row out."
    assert "stands apart below the table" in said[1]


def test_rows_that_say_little_are_records_all_the_same(desk: Desk) -> None:
    text = "name,kind,pieces\nA,,\n\nB,,\nC,,\n"
    assert reasons(desk.take(BOX, text)) == []
    many = "name,kind,pieces\n" + "T,tin,1\n" * 1 + "\n" + "".join(f"N{i},,\n" for i in range(40))
    assert reasons(desk.take(BOX, many)) == []
    assert len(desk.rows(BOX, "name")) == 44


def test_a_name_that_is_also_a_word_for_totals_is_one(desk: Desk) -> None:
    report = desk.take(BOX, "name,kind,pieces\nTotal,tin,1\nTotal,,7\nSum,,\n", on_error="skip")
    assert [row[0] for row in desk.rows(BOX, "name")] == ["Total", "Sum"]
    assert [line for line, _field, _reason in reasons(report)] == [3]
