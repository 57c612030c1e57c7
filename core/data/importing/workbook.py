"""XLSX and XLS."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from core.data.importing.encoding import UNSTORABLE
from core.data.importing.errors import UnusableFile
from core.data.importing.options import Options
from core.data.importing.sheetxml import Marks, marks_of
from core.data.importing.source import (
    MOST_TITLES,
    Cell,
    SourceRow,
    below,
    checked_columns,
    fitted,
    header_line,
    is_blank,
    numbered,
    titles_above,
)
from core.data.importing.unpacking import check_packing, try_workbook
from plugin_api.context import gettext

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

BLOCK = 1 << 20
SAMPLE_ROWS = 50
MOST_MERGED = 10_000
"""Rows that a cell is merged over; more are no cell that counts for each."""
MOST_HELD = 1 << 21
"""Rows of all merged cells together."""
LARGEST_FILE = 1 << 27
"""Bytes of a workbook, which is held in memory."""
LARGEST = 1 << 30
"""Bytes that a workbook may unpack to."""
EPOCH = date(1899, 12, 30)
"""Day zero of Excel's calendar."""


def serial_of(day: date | datetime) -> float:
    """The number that Excel shows as this date: ``serial_of(date(2019, 7, 13)) == 43659``."""
    if isinstance(day, datetime):
        span = day.replace(tzinfo=None) - datetime(EPOCH.year, EPOCH.month, EPOCH.day)  # noqa: DTZ001
        return span.days + span.seconds / 86400
    return (day - EPOCH).days


class WorkbookSource:
    """A table in a sheet of a workbook."""

    def __init__(self, open_again: Callable[[], BinaryIO], options: Options) -> None:
        self._options = options
        self._sheet, self.sheets, self._marks = _open_sheet(open_again, options.sheet)
        self._done = 0
        first = list(islice((r for r in self._raw_rows() if not is_blank(r[1])), SAMPLE_ROWS))
        if not first:
            raise UnusableFile(gettext("The sheet “%(name)s” is empty.", name=self._sheet.name))
        looks = options.header and not options.skip_rows
        self._above = titles_above([cells for _line, cells in first]) if looks else 0
        above = [cells for _line, cells in first[: self._above]]
        above += islice(self._sheet.iter_rows(), min(options.skip_rows, MOST_TITLES))
        self.titles = [cell for cells in above for cell in cells if isinstance(cell, str)]
        line, cells = first[self._above]
        self._below = line if options.header else 0
        self.columns = checked_columns(cells) if options.header else numbered(len(cells))

    @property
    def details(self) -> Mapping[str, str]:
        """The sheet; where the header is, if not at the top."""
        found = {"sheet": self._sheet.name}
        return {**found, "header": header_line(self._below)} if self._above else found

    def rows(self) -> Iterator[SourceRow]:
        """Every row that is not empty, below the header."""
        yield from below(self._rows(), len(self.columns))

    def _rows(self) -> Iterator[SourceRow | None]:
        width = len(self.columns)
        for line, cells in self._raw_rows():
            self._done = line
            if line > self._below:
                blank = is_blank(cells)
                yield None if blank else fitted(line, cells, width, _unstorable(cells))

    @property
    def hides_percent(self) -> bool:
        """Whether the number formats of the file are not read."""
        return not self._marks.is_all

    def share_read(self) -> float:
        """How much of the sheet has been read."""
        return min(1.0, self._done / (self._sheet.total_height or 1))

    def _raw_rows(self) -> Iterator[tuple[int, list[Cell]]]:
        left = self._sheet.start[1] if self._sheet.start else 0
        tall = _tall(self._sheet)
        done = 0
        # The reader begins with the first row of the sheet, but with the first column that is used.
        for number, cells in enumerate(self._sheet.iter_rows(), 1):
            self._marks.mark(number, left, cells)
            for column, first, held in tall.get(number, ()):
                if number == first:
                    held[:] = cells[column : column + 1]
                elif held and column < len(cells) and is_blank((cells[column],)):
                    cells[column] = held[0]
            if number > self._options.skip_rows:
                yield number, cells
            done = number
        for number in self._marks.rows_after(max(done, self._options.skip_rows)):
            cells = []
            self._marks.mark(number, left, cells)
            yield number, cells


def _tall(sheet: CalamineSheet) -> dict[int, list[tuple[int, int, list[Cell]]]]:
    """Number of a row → its cells that are merged with others above or below: column from 0, first
    row, and room for what the first one says, which counts for all."""
    made: dict[int, list[tuple[int, int, list[Cell]]]] = {}
    left, held_rows = sheet.start[1] if sheet.start else 0, 0
    for (top, column), (bottom, _right) in sheet.merged_cell_ranges or ():
        if 0 < bottom - top <= MOST_MERGED and column >= left:
            held_rows += bottom - top + 1
            if held_rows > MOST_HELD:
                raise UnusableFile(gettext("The workbook is too large; save the sheet as CSV."))
            held: list[Cell] = []
            for number in range(top + 1, bottom + 2):
                made.setdefault(number, []).append((column - left, top + 1, held))
    return made


def _first_shown(book: CalamineWorkbook) -> str:
    """The first sheet that is not hidden."""
    shown = [sheet.name for sheet in book.sheets_metadata if str(sheet.visible).endswith("Visible")]
    return (shown or book.sheet_names)[0]


def _open_sheet(
    open_again: Callable[[], BinaryIO], wanted: str | int
) -> tuple[CalamineSheet, tuple[str, ...], Marks]:
    """The sheet that is wanted, the names of all, and what else is to be known of its cells."""
    with open_again() as raw:
        content = _content(raw)
    if len(content) > LARGEST_FILE or _unpacked_size(content) > LARGEST:
        raise UnusableFile(gettext("The workbook is too large; save the sheet as CSV."))
    try_workbook(content, wanted)
    from python_calamine import CalamineError, CalamineWorkbook  # for workbooks only

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = book.sheet_names
        if isinstance(wanted, int):
            if not 1 <= wanted <= len(names):
                raise UnusableFile(gettext("There is no sheet %(number)s.", number=wanted))
            wanted = names[wanted - 1]
        if wanted and wanted not in names:
            raise UnusableFile(
                gettext(
                    "There is no sheet “%(name)s”; there are: %(names)s.",
                    name=wanted,
                    names=", ".join(names),
                )
            )
        sheet = book.get_sheet_by_name(wanted or _first_shown(book))
        return sheet, tuple(names), marks_of(content, sheet.name)
    except (CalamineError, IndexError) as error:
        raise UnusableFile(gettext("The workbook cannot be read: %(why)s.", why=error)) from error


def _content(raw: BinaryIO) -> bytearray:
    """All of a file, or a little more than may be: asked for it at once, the reader would make
    room for the most that it may be."""
    content = bytearray()
    while len(content) <= LARGEST_FILE and (block := raw.read(BLOCK)):
        content += block
    return content


def _unpacked_size(content: bytearray) -> int:
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.infolist():
                check_packing(entry)
            return sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnusableFile(gettext("The workbook cannot be read: %(why)s.", why=error)) from error


def _unstorable(cells: list[Cell]) -> str:
    if any(isinstance(cell, str) and UNSTORABLE.search(cell) for cell in cells):
        return str(gettext("The row has a character that cannot be stored."))
    return ""
