"""Tables as files: CSV and workbooks whose numbers programs can add up.

A cell that begins like a formula would be run by the program that opens the file: such a text is
written with an apostrophe before it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from decimal import Decimal

Line = list[str | Decimal | None]
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?\d[\d.,]*%?")


def escape(text: str) -> str:
    """A text that no spreadsheet runs. A plain number stays one: ``-5``."""
    if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def as_csv(table: Iterable[Line]) -> bytes:
    """For spreadsheets, which take the mark at the start for UTF-8. The first line is the head."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for line in table:
        writer.writerow([escape(each) if isinstance(each, str) else _digits(each) for each in line])
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(table: Iterable[Line], labels: int = 1) -> bytes:
    """A workbook of one sheet, whose first columns are ``labels``."""
    file = io.BytesIO()
    import xlsxwriter  # heavy, and only for workbooks

    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        sheet.freeze_panes(1, labels)
        for y, line in enumerate(table):
            if not y:
                sheet.set_column(0, len(line), 16)
            for x, each in enumerate(line):
                if isinstance(each, Decimal):
                    sheet.write_number(y, x, float(each))
                elif each:
                    sheet.write_string(y, x, each, bold if not y else None)
    return file.getvalue()


def _digits(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"
