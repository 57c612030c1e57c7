"""CSV and its relatives."""

from __future__ import annotations

import csv
import io
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import BinaryIO

from core.data.importing.encoding import BROKEN, UNSTORABLE, detect
from core.data.importing.errors import UnusableFile
from core.data.importing.options import Options
from core.data.importing.source import (
    MOST_TITLES,
    SourceRow,
    below,
    checked_columns,
    fitted,
    header_line,
    is_blank,
    numbered,
    titles_above,
)
from core.data.importing.unpacking import LONGEST_LINE, check_line
from plugin_api.context import gettext

DELIMITERS = (",", ";", "\t", "|")
SAMPLE_ROWS = 50
SAMPLE_CHARACTERS = 1 << 18


class _Lines:
    """The lines of a text, of which those of the record being read are kept."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self.kept: list[str] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._text.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        check_line(line)
        self.kept.append(line)
        return line


class TextSource:
    """A table in a text file, read line by line."""

    sheets: tuple[str, ...] = ()
    hides_percent = False

    def __init__(self, open_again: Callable[[], BinaryIO], options: Options) -> None:
        self._open_again = open_again
        self._above = self._below = 0
        self.titles: list[str] = []
        self._options = options
        self._encoding = detect(open_again, options.encoding)
        self._hint = self._told()
        self._delimiter = options.delimiter or self._hint or self._sniff()
        self._raw: BinaryIO | None = None
        self._size = self._measure()
        first = list(islice((r for r in self._records() if not is_blank(r[1])), SAMPLE_ROWS))
        if not first:
            raise UnusableFile(gettext("The file is empty."))
        looks = options.header and not options.skip_rows
        self._above = titles_above([cells for _line, cells, _problem in first]) if looks else 0
        self.titles += [cell for _line, cells, _problem in first[: self._above] for cell in cells]
        line, cells, problem = first[self._above]
        if options.header and problem:
            raise UnusableFile(gettext("The header cannot be read: %(why)s", why=problem))
        self._below = line if options.header else 0
        self.columns = checked_columns(cells) if options.header else numbered(len(cells))

    @property
    def details(self) -> Mapping[str, str]:
        """Encoding and delimiter; where the header is, if not at the top."""
        found = {"encoding": self._encoding.removesuffix("-sig"), "delimiter": self._delimiter}
        return {**found, "header": header_line(self._below)} if self._above else found

    def rows(self) -> Iterator[SourceRow]:
        """Every row that is not empty, below the header."""
        yield from below(self._rows(), len(self.columns))

    def _rows(self) -> Iterator[SourceRow | None]:
        width = len(self.columns)
        for line, cells, problem in self._records():
            if line > self._below:
                blank = not problem and is_blank(cells)
                yield None if blank else fitted(line, cells, width, problem)

    def share_read(self) -> float:
        """How much of the file has been read."""
        if self._raw is None or self._raw.closed or not self._size:
            return 1.0
        return min(1.0, _packed(self._raw).tell() / self._size)

    def _measure(self) -> int:
        with self._open_again() as raw:
            return _packed(raw).seek(0, io.SEEK_END)

    def _records(self) -> Iterator[tuple[int, list[str], str]]:
        """Line, cells and problem of each record, the header among them."""
        try:
            yield from self._unguarded()
        except (OSError, EOFError, zlib.error) as error:
            raise UnusableFile(gettext("The file cannot be read: %(why)s.", why=error)) from error

    def _unguarded(self) -> Iterator[tuple[int, list[str], str]]:
        with self._open_again() as raw, self._text(raw) as text:
            self._raw = raw
            lines = _Lines(text)
            skipped = self._options.skip_rows or (1 if self._hint else 0)
            for _skipped in range(skipped):
                next(lines, "")
            self.titles = self.titles or lines.kept[:MOST_TITLES]
            lines.kept = []
            reader = csv.reader(lines, delimiter=self._delimiter, strict=True)
            while True:
                line = skipped + reader.line_num + 1
                problem = ""
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    problem = gettext("The row cannot be read: %(why)s.", why=error)
                    cells = self._leniently(lines.kept)
                if not problem:
                    problem = self._unstorable(cells)
                lines.kept.clear()
                yield line, cells, problem

    def _text(self, raw: BinaryIO) -> io.TextIOWrapper:
        # A byte that does not fit spoils its row, not the file.
        return io.TextIOWrapper(raw, self._encoding, errors="surrogateescape", newline="")

    def _leniently(self, lines: list[str]) -> list[str]:
        """Cells of a record with misplaced quotes, for the file of bad rows."""
        try:
            text = "".join(lines)[: csv.field_size_limit()].replace("\x00", "")
            return next(csv.reader(io.StringIO(text, newline=""), delimiter=self._delimiter), [])
        except csv.Error:
            return []

    def _unstorable(self, cells: list[str]) -> str:
        for cell in cells:
            if BROKEN.search(cell):
                encoding = self.details["encoding"].upper()
                why = gettext("The row has bytes that are not %(encoding)s.", encoding=encoding)
                return str(why)
            if UNSTORABLE.search(cell):
                return str(gettext("The row has a character that cannot be stored."))
        return ""

    def _told(self) -> str:
        """The delimiter that a line for spreadsheets above the table names: ``sep=;``."""
        with self._open_again() as raw, self._text(raw) as text:
            line = text.readline(LONGEST_LINE).strip("\r\n\ufeff").strip('"')
        return line[4] if len(line) == 5 and line.lower().startswith("sep=") else ""

    def _sniff(self) -> str:
        """The delimiter that cuts the first rows into most cells, evenly."""
        with self._open_again() as raw, self._text(raw) as text:
            for _skipped in range(self._options.skip_rows):
                check_line(text.readline(LONGEST_LINE))
            sample = text.read(SAMPLE_CHARACTERS)
        return max(DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def _packed(raw: BinaryIO) -> BinaryIO:
    """The file on the disk below one that is unpacked."""
    below: BinaryIO | None = getattr(getattr(raw, "raw", raw), "fileobj", None)
    return below or raw


def _evenness(sample: str, delimiter: str) -> tuple[float, int]:
    """How alike the rows are when cut so, and into how many cells; equal ones keep the order."""
    try:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        # The last one may have been cut off by the end of the sample.
        widths = [len(row) for row in islice(reader, SAMPLE_ROWS + 1) if row]
    except csv.Error:
        return 0, 0
    widths = widths[:-1] or widths
    if not widths:
        return 0, 0
    width, times = Counter(widths).most_common(1)[0]
    return (times / len(widths), width) if width > 1 else (0, 0)
