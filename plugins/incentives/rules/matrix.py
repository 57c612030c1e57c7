"""A table of two measures: how much of the variable pay two attainments bring together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Cell:
    """What is paid from an attainment of each measure on; all are shares of 1."""

    start: Decimal
    second: Decimal
    rate: Decimal


def grid(cells: Sequence[Cell]) -> list[Cell]:
    """The cells row by row. Raises ValueError for none, for two in one place, and for a row that
    lacks a column of another: what is paid there would be nobody's choice."""
    made = sorted(cells, key=lambda cell: (cell.start, cell.second))
    places = {(cell.start, cell.second) for cell in made}
    rows, columns = {start for start, _second in places}, {second for _start, second in places}
    if not made or len(places) < len(made) or len(places) < len(rows) * len(columns):
        raise ValueError("a table needs one cell for each row and column")
    return made


def reached(first: Decimal, second: Decimal, cells: Sequence[Cell]) -> Cell | None:
    """The cell that two attainments reach; None below the first row or column."""
    found = [cell for cell in grid(cells) if cell.start <= first and cell.second <= second]
    return found[-1] if found else None
