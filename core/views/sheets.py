"""The table of a chart or pivot as a file: labels, then numbers that programs can add up."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal

from core.data.escaping import escape
from core.data.query import Figure
from core.views.matrix import Matrix
from core.views.pictures import figure_label
from plugin_api.context import current_company
from plugin_api.money import from_minor

Line = list[str | Decimal | None]
MOST_ROWS, MOST_COLUMNS = 20_000, 2_000


def lines(matrix: Matrix, figure: Figure) -> Iterator[Line]:
    """A head, then a line a row. Several currencies make several columns of one."""
    codes = matrix.currencies or ("",)
    head: Line = list(matrix.corners)
    for entry in matrix.columns:
        name = " / ".join(entry.labels) if entry.path else _of_all(matrix, figure)
        head += (f"{name} ({code})" if code else name for code in codes)
    yield head
    for entry, cells in zip(matrix.rows, matrix.cells, strict=True):
        labels: Line = [*entry.labels, *[""] * (len(matrix.corners) - len(entry.labels))]
        for cell in cells:
            numbers = dict(cell.numbers)
            labels += (_plain(figure, numbers.get(code), code) for code in codes)
        yield labels


def as_csv(table: Iterable[Line]) -> bytes:
    """For spreadsheets, which take the mark at the start for UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for line in table:
        writer.writerow([escape(each) if isinstance(each, str) else _digits(each) for each in line])
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(table: Iterable[Line], labels: int) -> bytes:
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


def _of_all(matrix: Matrix, figure: Figure) -> str:
    """The head of the last column, which is the only one where nothing stands across."""
    return matrix.columns[-1].labels[0] if len(matrix.columns) > 1 else figure_label(figure)


def _plain(figure: Figure, value: Decimal | None, code: str) -> Decimal | None:
    if value is None or figure.meta is None or figure.meta.kind != "money":
        return value
    return from_minor(int(value), code or current_company().currency)


def _digits(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"
