"""A table of a web page: what many programs write and call .xls."""

from __future__ import annotations

import codecs
import re
import time
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from typing import BinaryIO

from core.data.importing.encoding import BROKEN, UNSTORABLE, detect
from core.data.importing.errors import UnusableFile
from core.data.importing.options import Options
from core.data.importing.source import (
    MOST_COLUMNS,
    SourceRow,
    below,
    checked_columns,
    fitted,
    header_line,
    is_blank,
    numbered,
    titles_above,
)
from plugin_api.context import gettext

HEAD = 4096
CHUNK = 1 << 16
LARGEST = 1 << 26
"""Bytes of a page, whose table is held in memory."""
MOST_CELLS = 1 << 23
"""Cells of a page, those included that a cell stretches over."""
LONGEST_PIECE = 1 << 20
"""Characters between two tags."""
SECONDS = 60
SAMPLE_ROWS = 50
MOST_SPANNED = 1000
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--(?:(?!-->).)*-->\s*)*"
    r"<(?:!doctype\s+html|html|head|body|meta|style|table|div)\b",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]{2,20})", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f\u00a0]+")
_SILENT = ("script", "style", "title")


def is_page(head: str) -> bool:
    """Whether a file that begins so is a web page."""
    return _PAGE.match(head) is not None


class PageSource:
    """The table of a page that has most rows."""

    sheets: tuple[str, ...] = ()
    hides_percent = False

    def __init__(self, open_again: Callable[[], BinaryIO], options: Options) -> None:
        self._encoding = _encoding(open_again, options.encoding)
        self._rows_found = _largest_table(open_again, self._encoding)[options.skip_rows :]
        self._skipped = options.skip_rows
        self._done = 0
        first = [cells for cells in self._rows_found if not is_blank(cells)][:SAMPLE_ROWS]
        if not first:
            raise UnusableFile(gettext("The page has no table."))
        looks = options.header and not options.skip_rows
        above = titles_above(first) if looks else 0
        self.titles = [cell for cells in first[:above] for cell in cells]
        head = first[above]
        self._is_titled = bool(above)
        self._below = self._rows_found.index(head) + 1 if options.header else 0
        self.columns = checked_columns(head) if options.header else numbered(len(head))

    @property
    def details(self) -> Mapping[str, str]:
        """The encoding; where the header is, if not at the top."""
        found = {"encoding": self._encoding.removesuffix("-sig")}
        line = self._below + self._skipped
        return {**found, "header": header_line(line)} if self._is_titled else found

    def rows(self) -> Iterator[SourceRow]:
        """Every row that is not empty, below the header."""
        yield from below(self._rows(), len(self.columns))

    def share_read(self) -> float:
        """How much of the table has been read."""
        return self._done / len(self._rows_found)

    def _rows(self) -> Iterator[SourceRow | None]:
        width = len(self.columns)
        for at, cells in enumerate(self._rows_found):
            self._done = at + 1
            if at >= self._below:
                line = at + 1 + self._skipped
                problem = _unstorable(cells, self._encoding)
                yield None if is_blank(cells) else fitted(line, cells, width, problem)


class _Tables(HTMLParser):
    """Collects the cells of tables; a table in a cell is part of its text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._depth = 0
        self._silent = self._count = 0
        self._text: list[str] | None = None
        self._spans = (1, 1)
        self._waiting: dict[int, tuple[int, str]] = {}
        """Column → in how many further rows a cell of an earlier one counts, and its text."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append([])
                self._waiting = {}
        elif self._depth != 1:
            return
        elif tag == "tr":
            self._end_row()
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self._end_cell()
            said = dict(attrs)
            self._text = []
            self._spans = (_span(said.get("rowspan")), _span(said.get("colspan")))
        elif tag in ("br", "p", "div") and self._text:
            self._text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "table":
            if self._depth == 1:
                self._end_row()
            self._depth = max(0, self._depth - 1)
        elif self._depth == 1 and tag in ("td", "th"):
            self._end_cell()
        elif self._depth == 1 and tag == "tr":
            self._end_row()

    def close(self) -> None:
        super().close()
        # What is not ended ends with the page.
        self._end_row()

    def handle_data(self, data: str) -> None:
        if self._text is not None and not self._silent:
            self._text.append(_BLANKS.sub(" ", data))

    def _end_cell(self) -> None:
        if self._text is None or not self.tables:
            return
        rows = self.tables[-1]
        if not rows:
            rows.append([])
        text = "".join(self._text).strip(" \n")
        self._text = None
        tall, wide = self._spans
        self._fill(rows[-1])
        if len(rows[-1]) + wide > MOST_COLUMNS + 1:
            raise UnusableFile(gettext("A row of the table has too many cells."))
        if tall > 1:
            self._waiting[len(rows[-1])] = (tall - 1, text)
        self._add(rows[-1], text, wide)

    def _end_row(self) -> None:
        self._end_cell()
        if self.tables and self.tables[-1]:
            self._fill(self.tables[-1][-1])

    def _fill(self, row: list[str]) -> None:
        """Repeat what stands over several rows."""
        while len(row) in self._waiting:
            left, text = self._waiting.pop(len(row))
            if left > 1:
                self._waiting[len(row)] = (left - 1, text)
            self._add(row, text)

    def _add(self, row: list[str], text: str, wide: int = 1) -> None:
        self._count += wide
        if self._count > MOST_CELLS:
            raise UnusableFile(gettext("The page is too large, or no table; save it as CSV."))
        row += [text, *[""] * (wide - 1)]


def _largest_table(open_again: Callable[[], BinaryIO], encoding: str) -> list[list[str]]:
    """The rows of the table that has most. Raises UnusableFile."""
    parser, read, until = _Tables(), 0, time.monotonic() + SECONDS
    with open_again() as raw:
        text = _decoded(raw, encoding)
        for piece in text:
            read += len(piece)
            parser.feed(piece)
            # The parser looks again at what it waits for the end of.
            waits = len(parser.rawdata) > LONGEST_PIECE or time.monotonic() > until
            if read > LARGEST or waits:
                raise UnusableFile(gettext("The page is too large, or no table; save it as CSV."))
    parser.close()
    return max(parser.tables, key=len, default=[])


def _decoded(raw: BinaryIO, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)("surrogateescape")
    for chunk in iter(lambda: raw.read(CHUNK), b""):
        yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def _encoding(open_again: Callable[[], BinaryIO], told: str) -> str:
    """What the person says, else what all of the file is, else what the page says of itself."""
    with open_again() as raw:
        said = _CHARSET.search(raw.read(HEAD))
    try:
        found = detect(open_again, told)
        if told or said is None or found.startswith("utf"):
            return found
    except UnusableFile:
        if told or said is None:
            raise
    return detect(open_again, said[1].decode("ascii", "replace"))


def _span(said: str | None) -> int:
    return min(int(said), MOST_SPANNED) if said and said.isascii() and said.isdigit() else 1


def _unstorable(cells: list[str], encoding: str) -> str:
    text = "\n".join(cells)
    if BROKEN.search(text):
        name = encoding.removesuffix("-sig").upper()
        return str(gettext("The row has bytes that are not %(encoding)s.", encoding=name))
    if UNSTORABLE.search(text):
        return str(gettext("The row has a character that cannot be stored."))
    return ""
