"""What a cell says as text."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from core.data.importing.source import Cell
from core.data.importing.workbook import EPOCH, serial_of

EXCEL_DIGITS = ".15g"
"""So many digits of a number does a spreadsheet show; further ones are noise."""


def as_text(cell: Cell, *, as_number: bool = False) -> str:
    """What a cell says: dates as in ISO 8601, or as the number that a spreadsheet keeps."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, dt.date) and as_number:
        cell = serial_of(cell)
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        cell = cell.date()
    if isinstance(cell, int | float):
        return f"{Decimal(format(cell, EXCEL_DIGITS)):f}"
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell)


def shown(cell: Cell) -> str:
    """A cell for a message."""
    text = as_text(cell)
    return text if len(text) <= 200 else f"{text[:199]}…"


def is_number(cell: Cell) -> bool:
    """Whether the cell of a workbook holds a number."""
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def from_serial(cell: Any) -> Cell:
    """The date that a spreadsheet's number stands for; the number itself when it is none."""
    try:
        made = dt.datetime(EPOCH.year, EPOCH.month, EPOCH.day) + dt.timedelta(days=cell)  # noqa: DTZ001
    except OverflowError:
        return str(cell)
    return made.date() if made.time() == dt.time() else made.replace(microsecond=0)
