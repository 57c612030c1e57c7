"""What a cell says as text."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from core.data.importing.sequence import order_in
from core.data.importing.source import Cell, Share
from core.data.importing.workbook import EPOCH, serial_of

EXCEL_DIGITS = ".15g"
"""So many digits of a number does a spreadsheet show; further ones are noise."""

UNSEEN = " \t\r\n\v\f\u00a0\u3000\u200b\u200e\u200f\u2060\ufeff"
KEPT = re.compile(r"""="([^"]*)"|'(\d+)""", re.ASCII)
YEARS = (1900, 2100)
COMPACT = (10**7, 10**8 - 1)


def as_text(cell: Cell, *, as_number: bool = False, form: str = "") -> str:
    """What a cell says: dates as in ISO 8601, as a ``form`` of strptime that would take them for
    others, or as the number that a spreadsheet keeps; percentages with their sign."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, dt.date) and as_number:
        cell = serial_of(cell)
    if isinstance(cell, dt.date) and form and not order_in(form):
        return cell.strftime(form)
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        cell = cell.date()
    if isinstance(cell, int | float):
        number = Decimal(format(cell, EXCEL_DIGITS))
        return f"{number.scaleb(2):f}%" if isinstance(cell, Share) else f"{number:f}"
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell)


def bare(text: str) -> str:
    """A text without blanks and signs that nobody sees around it, and without what keeps a
    spreadsheet from reading it as a number: ``="007"`` and ``'007``."""
    text = text.strip(UNSEEN)
    found = KEPT.fullmatch(text)
    return found[1] or found[2] if found else text


def shown(cell: Cell) -> str:
    """A cell for a message."""
    text = as_text(cell)
    return text if len(text) <= 200 else f"{text[:199]}…"


def sentences(*texts: object) -> str:
    """Sentences behind one another, without those that are empty: Chinese puts no blank between."""
    said = [text for each in texts if (text := str(each))]
    return " ".join(said).replace("。 ", "。")


def is_number(cell: Cell) -> bool:
    """Whether the cell of a workbook holds a number."""
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def from_serial(cell: Any) -> Cell:
    """The date that a spreadsheet's number stands for, or that its digits say, as 20260131; the
    number as text when it is neither, such as a year alone."""
    if YEARS[0] <= cell <= YEARS[1] or COMPACT[0] <= cell <= COMPACT[1]:
        return as_text(cell)
    try:
        made = dt.datetime(EPOCH.year, EPOCH.month, EPOCH.day) + dt.timedelta(days=cell)  # noqa: DTZ001
    except OverflowError:
        return as_text(cell)
    return made.date() if made.time() == dt.time() else made.replace(microsecond=0)
