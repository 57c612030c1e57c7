"""The table of a chart or pivot as a file: labels, then numbers that programs can add up."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.data.query import Figure
from core.views.matrix import Matrix
from core.views.pictures import figure_label
from plugin_api.context import current_company
from plugin_api.money import from_minor
from plugin_api.sheets import Line, as_csv, as_xlsx

MOST_ROWS, MOST_COLUMNS = 20_000, 2_000
__all__ = ["MOST_COLUMNS", "MOST_ROWS", "Line", "as_csv", "as_xlsx", "lines"]


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


def _of_all(matrix: Matrix, figure: Figure) -> str:
    """The head of the last column, which is the only one where nothing stands across."""
    return matrix.columns[-1].labels[0] if len(matrix.columns) > 1 else figure_label(figure)


def _plain(figure: Figure, value: Decimal | None, code: str) -> Decimal | None:
    if value is None or figure.meta is None or figure.meta.kind != "money":
        return value
    return from_minor(int(value), code or current_company().currency)
