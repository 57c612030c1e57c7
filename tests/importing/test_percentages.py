"""Percentages as workbooks keep them and people write them: 0.45 that is shown as 45 %."""

from __future__ import annotations

import time
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from core.data.importing import sheetxml
from core.data.importing.errors import UnusableFile
from core.data.importing.saying import as_text
from core.data.importing.sheetxml import column_of
from tests.importing.files import cells_of, rewritten
from tests.importing.kit import Desk, reasons

BOX = "store.Box"
FILLED = {"columns": {"name": "name", "filled": "Filled"}}
FORM = "0.0%"


def shown(folder: Path, *forms: str, header: str = "Filled", first: float = 0.45) -> Path:
    """A workbook of boxes, filled to 45 % and on, in cells with one number format after the
    other; an empty one is a plain number."""
    path = folder / "file.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Boxes")
        sheet.write_row(2, 1, ["name", header, "notes"])
        for line, form in enumerate(forms):
            style = book.add_format({"num_format": form}) if form else None
            sheet.write(3 + line, 1, f"B{line}")
            sheet.write(3 + line, 2, round(first + line / 10, 2), style)
            sheet.write(3 + line, 3, "x")
    return path


def filled(desk: Desk) -> list[Decimal | None]:
    return [value for (value,) in desk.rows(BOX, "filled")]


def test_a_cell_that_is_shown_as_a_percentage_is_one(desk: Desk) -> None:
    report = desk.take(BOX, shown(desk.folder, "0%", "0.00%", '0.0 "of"\\ %', "[<1]0%;0%"))
    assert reasons(report) == []
    assert filled(desk) == [Decimal(each) for each in ("45", "55", "65", "75")]
    assert report.details["Filled"] == "“Filled” in percent, as the workbook shows it"


def test_a_sign_that_only_stands_beside_a_number_changes_nothing(desk: Desk) -> None:
    file = shown(desk.folder, '0.0"%"', "0.0\\%", "0.0", "", first=45)
    assert reasons(desk.take(BOX, file)) == []
    assert filled(desk)[0] == Decimal(45)


def test_a_percentage_of_a_workbook_needs_no_factor_and_bears_one(desk: Desk) -> None:
    for factor in ("100", "1"):
        report = desk.take(BOX, shown(desk.folder, FORM), {"scale": {"filled": factor}})
        assert reasons(report) == []
    assert filled(desk) == [Decimal(45), Decimal(45)]


def test_a_percentage_is_the_same_in_a_text_or_a_number(desk: Desk) -> None:
    map = {"columns": {"name": "name", "weight": "Filled", "notes": "Filled"}}
    report = desk.take(BOX, shown(desk.folder, FORM), map)
    assert report.details["Filled"] == "“Filled” 45 % counts as 0.45"
    desk.take(BOX, "name,weight\nA,45%\nB,12.5 %\nC,５％\n")
    assert desk.rows(BOX, "weight")[0] == (Decimal("0.45"),)
    assert [value for (value,) in desk.rows(BOX, "weight")[1:]] == [
        Decimal("0.45"), Decimal("0.125"), Decimal("0.05"),
    ]  # fmt: skip


def test_texts_with_the_sign_are_percentages(desk: Desk) -> None:
    report = desk.take(BOX, "name,filled\nA,45%\nB,45 %\nC,0.5%\nD,４５％\n")
    assert reasons(report) == []
    assert filled(desk) == [Decimal(45), Decimal(45), Decimal("0.5"), Decimal(45)]
    assert reasons(desk.take(BOX, "name,filled\nA,45%\n", {"scale": {"filled": 100}})) == []
    assert filled(desk)[-1] == Decimal(45), "its sign says what it counts"


def test_an_amount_is_no_percentage(desk: Desk) -> None:
    file = shown(desk.folder, FORM, header="worth")
    (found,) = reasons(desk.take(BOX, file))
    assert found == (4, "worth", "“%” does not fit: the amount is in CNY.")


@pytest.mark.parametrize(
    "text", ["name,Filled\nA,0.45\nB,1\n", "name;Filled\nA;0,45\nB;1\n"], ids=["point", "comma"]
)
def test_what_may_be_a_fraction_is_asked(desk: Desk, text: str) -> None:
    report = desk.take(BOX, text)
    assert [line for line, _field, _reason in reasons(report)] == [2, 3]
    reason = reasons(report)[0][2]
    assert "may be 45 % or 0.45 %: say what the numbers of the column are multiplied" in reason
    assert report.details["Filled"] == "“Filled” may be fractions of one: × 100, or × 1?"
    for factor in (100, 1):
        assert reasons(desk.take(BOX, text, {"scale": {"filled": factor}})) == []
    assert filled(desk) == [Decimal(45), Decimal(100), Decimal("0.45"), Decimal(1)]


def test_a_number_of_a_workbook_may_be_a_fraction_too(desk: Desk) -> None:
    assert "may be 45 %" in reasons(desk.take(BOX, shown(desk.folder, "", FORM)))[0][2]


@pytest.mark.parametrize(
    "text",
    [
        "name,Filled\nA,0.45\nB,12\n",
        "name,Filled\nA,0\nB,\n",
        "name,Filled (%)\nA,0.45\n",
        "id,name,filled\n,A,0.45\n",
    ],
    ids=["beyond one", "nothing", "header", "export"],
)
def test_what_is_clear_is_taken(desk: Desk, text: str) -> None:
    column = "Filled (%)" if "(%)" in text else "filled" if "id," in text else "Filled"
    map = {"columns": {"name": "name", "filled": column}}
    assert reasons(desk.take(BOX, text, map)) == []
    assert filled(desk)[0] in (Decimal("0.45"), Decimal(0))


def test_letters_of_columns_are_numbers() -> None:
    assert [column_of(each) for each in ("A1", "Z9", "AA10", "AB12")] == [0, 25, 26, 27]


def test_a_sheet_may_be_named_from_the_root_of_its_archive(tmp_path: Path) -> None:
    path = shown(tmp_path, FORM, FORM)
    rewritten(path, "xl/_rels/workbook.xml.rels", ('"worksheets/', '"/xl/worksheets/'))
    assert [as_text(row[1]) for row in cells_of(path)] == ["45%", "55%"]


def test_cells_without_a_name_follow_each_other(tmp_path: Path) -> None:
    path = shown(tmp_path, FORM, FORM)
    rewritten(path, "xl/worksheets/sheet1.xml", (r'<c r="[CD]\d+"', "<c"))
    assert [as_text(row[1]) for row in cells_of(path)] == ["45%", "55%"]


def test_a_sheet_that_declares_a_document_type_is_refused(tmp_path: Path) -> None:
    path = shown(tmp_path, FORM)
    declared = r'\g<0><!DOCTYPE x [<!ENTITY a "aaaa">]>'
    rewritten(path, "xl/styles.xml", (r"<\?xml.*?\?>", declared))
    with pytest.raises(UnusableFile, match="it declares a document type"):
        cells_of(path)


def test_formats_and_styles_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = shown(tmp_path, FORM)
    started = time.process_time()
    rewritten(path, "xl/styles.xml", ("<numFmts", f'<numFmt formatCode="{"[" * 99_999}"/>\\g<0>'))
    assert [as_text(row[1]) for row in cells_of(path)] == ["45%"]
    assert time.process_time() - started < 2
    with monkeypatch.context() as patch:
        patch.setattr(sheetxml, "LONGEST_TAG", 1000)
        patch.setattr(sheetxml, "CHUNK", 500)
        with pytest.raises(UnusableFile, match="it has a tag that is too long"):
            cells_of(path)
    for name, reason in (("MOST_STYLES", "too many styles"), ("MOST_RUNS", "too many cells")):
        with monkeypatch.context() as patch:
            patch.setattr(sheetxml, name, 0)
            with pytest.raises(UnusableFile, match=reason):
                cells_of(path)


ODS = """<?xml version="1.0"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">
 <office:body><office:spreadsheet><table:table table:name="x">%s</table:table>
 </office:spreadsheet></office:body></office:document-content>"""
TEXT = '<table:table-cell office:value-type="string"><text:p>%s</text:p></table:table-cell>'
SHARE = (
    '<table:table-cell office:value-type="percentage" office:value="%s"><text:p>x</text:p>'
    "</table:table-cell>"
)


def other_workbook(folder: Path, *values: str) -> Path:
    """A workbook whose number formats nobody reads."""
    rows = [TEXT % "name" + TEXT % "Filled", *(TEXT % "A" + SHARE % value for value in values)]
    content = ODS % "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    path = folder / "file.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", MANIFEST)
    return path


MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
)


def test_it_is_asked_more_often_where_number_formats_are_not_read(desk: Desk) -> None:
    file = other_workbook(desk.folder, "0.45", "-0.1", "1.2")
    found = [reason for _line, _field, reason in reasons(desk.take(BOX, file))]
    assert ["may be" in reason for reason in found] == [True, True, True]
    assert reasons(desk.take(BOX, other_workbook(desk.folder, "0.45", "12"))) == []
    negative = "name,Filled\nA,-0.1\nB,0.5\n"
    assert "may be -10 % or -0.1 %" in reasons(desk.take(BOX, negative))[0][2]
