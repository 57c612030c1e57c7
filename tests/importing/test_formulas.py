"""Formulas of workbooks: the value that was last calculated counts, and there must be one."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from core.data.importing.errors import UnusableFile
from core.data.importing.source import Uncalculated
from tests.importing.files import cells_of, rewritten, rows_of
from tests.importing.kit import Desk, reasons

BOX = "store.Box"
SHEET, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
NEVER = (
    "The formula of this cell was never calculated: open the workbook in a spreadsheet program, "
    "save it there, and import that."
)
WITHOUT = (r"<v>77</v>", "")
AT_ONCE = (r' fullCalcOnLoad="1"', "")


def computed(folder: Path, value: object = 77) -> Path:
    """A workbook of two boxes whose pieces are a formula, and of a total."""
    path = folder / "file.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Boxes")
        sheet.write_row(0, 0, ["name", "notes", "pieces"])
        sheet.write_row(1, 0, ["A", "x"])
        sheet.write_row(2, 0, ["B", "y"])
        for line in (1, 2):
            sheet.write_formula(line, 2, "=7*11", None, value)
        sheet.write(3, 0, "Total")
        sheet.write_formula(3, 2, "=SUM(C2:C3)", None, value)
    return path


@pytest.mark.parametrize("value", ["", "<v></v>", "<v/>"], ids=["none", "empty", "bare"])
def test_a_formula_without_a_value_is_not_empty(desk: Desk, value: str) -> None:
    path = rewritten(computed(desk.folder), SHEET, (WITHOUT[0], value))
    report = desk.take(BOX, path, on_error="skip")
    assert reasons(report) == [
        (2, "pieces", NEVER),
        (3, "pieces", NEVER),
        (4, "", "This seems to be a total and no record: leave the row out."),
    ]
    assert report.row_errors[0].column == "pieces"
    assert report.details["pieces"] == "“pieces” formulas that were never calculated"
    assert desk.rows(BOX, "name") == []


@pytest.mark.parametrize("cell", ["ZZZZZZZ2", "C2000000"])
def test_a_formula_where_no_sheet_has_a_cell_is_refused(tmp_path: Path, cell: str) -> None:
    line = cell.lstrip("CZ")
    row = f'</row><row r="{line}"><c r="{cell}"><f>A1</f></c></row></sheetData>'
    path = rewritten(computed(tmp_path), SHEET, ("</row></sheetData>", row))
    with pytest.raises(UnusableFile, match="it has a cell where no sheet has one"):
        rows_of(path)


def test_what_was_calculated_counts(desk: Desk) -> None:
    report = desk.take(BOX, computed(desk.folder), on_error="skip")
    assert [line for line, _field, _reason in reasons(report)] == [4]
    assert desk.rows(BOX, "name", "pieces") == [("A", 77), ("B", 77)]


def test_a_text_that_was_calculated_may_be_empty(tmp_path: Path) -> None:
    path = computed(tmp_path)
    change = (r'<c r="C2"><f>7\*11</f><v>77</v>', r'<c r="C2" t="str"><f>""</f><v></v>')
    assert [cells[2] for cells in cells_of(rewritten(path, SHEET, change))] == ["", 77, 77]


def test_a_zero_that_is_yet_to_be_calculated_is_no_value(tmp_path: Path) -> None:
    path = computed(tmp_path, 0)
    assert [type(cells[2]) for cells in cells_of(path)] == [Uncalculated] * 3
    rewritten(path, BOOK, AT_ONCE)
    assert [cells[2] for cells in cells_of(path)] == [0, 0, 0], "a spreadsheet has saved it"


def test_a_zero_among_other_values_is_one(tmp_path: Path) -> None:
    path = rewritten(computed(tmp_path), SHEET, (r"(<f>7\*11</f>)<v>77</v>", r"\1<v>0</v>"))
    assert [cells[2] for cells in cells_of(path)] == [0, 0, 77]


def test_formulas_of_columns_that_are_left_out_do_no_harm(desk: Desk) -> None:
    path = rewritten(computed(desk.folder), SHEET, WITHOUT)
    map = {"columns": {"name": "name"}, "except": {"name": "Total"}}
    assert reasons(desk.take(BOX, path, map)) == []
    chosen = {**map, "only": {"pieces": "77"}}
    assert reasons(desk.take(BOX, path, chosen)) == [(2, "", NEVER), (3, "", NEVER)]


def test_rows_of_nothing_but_formulas_are_not_passed_over(tmp_path: Path) -> None:
    path = rewritten(computed(tmp_path), SHEET, WITHOUT)
    rewritten(path, SHEET, (r'<c r="[AB][234]"[^>]*><v>\d+</v></c>', ""))
    assert [(row.line, row.cells[2]) for row in rows_of(path)] == [
        (2, "=?"), (3, "=?"), (4, "=?"),
    ]  # fmt: skip
    assert cells_of(path, skip_rows=3, header=False) == [("", "", "=?")]
