"""How a file is to be read: the ``[options]`` of a map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Duplicates = Literal["error", "first", "last"]
Alike = Literal["report", "skip", "update", "create"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Options:
    """Every option with what holds when it is not given."""

    encoding: str = ""
    """Name of the encoding; empty: told from the file."""
    delimiter: str = ""
    """Character between cells of a text file; empty: told from the file."""
    sheet: str | int = ""
    """Name or number (from 1) of the sheet of a workbook; empty: the first."""
    header: bool = True
    """Whether the first row names the columns; else they are numbered from 1."""
    skip_rows: int = 0
    """Rows to leave out before the header."""
    date_format: str = ""
    """Form of dates as for strptime, ``%d.%m.%Y``; empty: year first, as in 2026-01-31."""
    decimal: Literal["", ".", ","] = ""
    """The decimal sign; the other one may group thousands. Empty: told from the file, else a point,
    but what may be a thousand times as much is refused."""
    key: tuple[str, ...] = ()
    """Fields that tell which record a row is; empty: every row is a new record."""
    duplicates: Duplicates = "error"
    """Which row holds when two of a file have the same key and different values."""
    alike: Alike = "report"
    """What is done with a row that seems to be there already, by the company's rules: it is bad,
    is left out, changes the record that it seems to be, or makes one all the same."""
    empty: tuple[str, ...] = ()
    """Words that mean an empty cell, such as ``NA``."""
    empty_cells: Literal["keep", "clear"] = "keep"
    """What an empty cell does to a field of an existing record."""
    numbers: tuple[str | int, ...] = ()
    """Columns of a workbook that are numbers though they are formatted as dates."""
    round: bool = False
    """Round numbers that have more decimals than their field; else they are errors."""
