"""A table in a file, whatever the file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Protocol

from core.data.importing.errors import UnusableFile
from plugin_api.context import gettext

Cell = str | int | float | bool | date | datetime | time | timedelta
"""A text file has texts only; a workbook has typed cells. Empty is an empty text."""


class Share(float):
    """A number of a workbook that is shown there as a percentage: 0.45 as 45 %."""


class Uncalculated(str):
    """What stands in place of the value of a formula that no program has ever calculated."""

    __slots__ = ()

    def __new__(cls) -> Uncalculated:
        return super().__new__(cls, "=?")


TOTALS = frozenset(
    {"合计", "总计", "小计", "累计", "total", "totals", "grandtotal", "grandtotals", "subtotal"}
    | {"sum", "summe", "gesamt", "gesamtsumme"}
)
_FIGURE = re.compile(r"[^\w]*\d[\d.,%'’\s]*\W*\w{0,3}")
_BETWEEN = re.compile(r"[\s:：]")
MOST_COLUMNS = 1000
MOST_TITLES = 10
MOST_NOTES = 20
"""Lines below a table that are taken for notes."""
FEWEST_ROWS, FEWEST_FILLED = 3, 3
"""Below this a table is too small to tell a title from a header."""
ERROR_COLUMN = "import_error"
"""Last column of a file of bad rows; passed over when that file comes back corrected."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row: the line of the file it starts on, from 1, and a cell for each column.

    ``problem`` says why it cannot be read; its cells are what could be made of it.
    """

    line: int
    cells: tuple[Cell, ...]
    problem: str = ""


class Source(Protocol):
    """A table that can be read again from the start."""

    @property
    def columns(self) -> Sequence[str]:
        """Names from the header, trimmed; numbers from 1 when there is none."""

    @property
    def details(self) -> Mapping[str, str]:
        """What was found out: encoding and delimiter, or the sheet."""

    @property
    def titles(self) -> Sequence[str]:
        """What stands above the header."""

    @property
    def sheets(self) -> Sequence[str]:
        """Names of the sheets of a workbook; a text file has none."""

    @property
    def hides_percent(self) -> bool:
        """Whether 0.45 may be shown as 45 % in the file without this being known."""

    def rows(self) -> Iterator[SourceRow]:
        """Every row that is not empty, below the header."""

    def share_read(self) -> float:
        """How much of the file the newest reading has gone through, 0 to 1."""


def numbered(width: int) -> tuple[str, ...]:
    """Names of the columns of a table without a header. Raises UnusableFile for too many."""
    _check_width(width)
    return tuple(str(number) for number in range(1, width + 1))


def is_blank(cells: Sequence[Cell]) -> bool:
    """Whether nothing stands in a row."""
    return all(isinstance(cell, str) and not cell.strip() for cell in cells)


def filled(cells: Sequence[Cell]) -> int:
    """How many cells of a row say something."""
    return sum(not isinstance(cell, str) or bool(cell and cell.strip()) for cell in cells)


def is_total(cells: Sequence[Cell]) -> bool:
    """Whether a row says “total” and besides numbers only."""
    words = numbers = 0
    for cell in cells:
        is_text = isinstance(cell, str) and not isinstance(cell, Uncalculated)
        text = cell.strip() if is_text else ""  # type: ignore[union-attr]
        if not text and is_text:
            continue
        if not text or _FIGURE.fullmatch(text):
            numbers += 1
        elif words or _BETWEEN.sub("", text).casefold() not in TOTALS:
            # Nearly every row ends here, at its first word.
            return False
        else:
            words = 1
    return bool(words and numbers)


def below(rows: Iterable[SourceRow | None], width: int) -> Iterator[SourceRow]:
    """Rows of a table; None is an empty one. A few lines of one cell that stand at the end, apart,
    are notes and no records, unless many rows say no more: they cannot be read as rows."""
    held: list[SourceRow] = []
    apart, seen, short = False, 0, 0
    for row in rows:
        if row is None:
            apart = True
            continue
        is_short = width >= FEWEST_FILLED and filled(row.cells) == 1
        seen, short = seen + 1, short + is_short
        if is_short and (apart or held) and len(held) < MOST_NOTES:
            held.append(row)
            continue
        yield from held
        held, apart = [], False
        yield row
    are_notes = (short - len(held)) * 2 < seen - len(held)
    for row in held:
        problem = row.problem or gettext(
            "The line stands apart below the table and seems to be no record: leave it out, or "
            "the empty one above it."
        )
        yield replace(row, problem=problem) if are_notes else row


def header_line(line: int) -> str:
    """Words for a header that is not at the top."""
    return str(gettext("header in line %(line)s", line=line))


def titles_above(rows: Sequence[Sequence[Cell]]) -> int:
    """How many of the first rows that are not empty stand above the header: a title, a date, names
    of groups of columns. They fill less than half of what the rows of the table fill."""
    counts = [filled(row) for row in rows]
    if len(counts) < FEWEST_ROWS:
        return 0
    usual = max(Counter(counts).items(), key=lambda pair: (pair[1], pair[0]))[0]
    if usual < FEWEST_FILLED:
        return 0
    above = next((at for at, count in enumerate(counts) if count > usual / 2), 0)
    return above if above <= MOST_TITLES else 0


def fitted(line: int, cells: Sequence[Cell], width: int, problem: str = "") -> SourceRow:
    """A row made as wide as the header; one with more cells than that cannot be read."""
    missing = width - len(cells)
    if missing < 0 and is_blank(cells[width:]):
        cells, missing = cells[:width], 0
    if missing < 0 and not problem:
        problem = gettext(
            "The row has %(found)s cells, the header %(expected)s.",
            found=len(cells), expected=width,
        )  # fmt: skip
    return SourceRow(line, (*cells[:width], *("",) * missing), problem)


def checked_columns(names: Sequence[Cell]) -> tuple[str, ...]:
    """The header without what is empty at its end. Raises UnusableFile when nothing is left."""
    found = [str(name).strip() for name in names]
    while found and not found[-1]:
        found.pop()
    if not found:
        raise UnusableFile(gettext("The file has no row with the names of its columns."))
    _check_width(len(found))
    return tuple(found)


def _check_width(width: int) -> None:
    if width > MOST_COLUMNS:
        raise UnusableFile(
            gettext("These are %(count)s columns; a table may have %(most)s.",
                    count=width, most=MOST_COLUMNS)
        )  # fmt: skip
