"""What the reader of workbooks does not tell of a sheet of an XLSX file: which numbers are shown
as percentages, and which formulas were never calculated."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from xml.parsers import expat

from core.data.importing.errors import UnusableFile
from core.data.importing.source import Cell, Share, Uncalculated
from plugin_api.context import gettext

CHUNK = 1 << 18
FOLDER = "xl"
LAST_COLUMN, LAST_ROW = 1 << 14, 1 << 20
"""Of a sheet in any program, from 1."""
LONGEST_FORMAT = 255
MOST_STYLES = 1 << 18
MOST_RUNS = 1 << 23
"""Of rows that follow each other, in all columns."""
LONGEST_TAG = 1 << 24
PERCENT_FORMATS = frozenset({"9", "10"})
"""Number formats that every workbook has."""
_SAID = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
"""What a number format writes as it stands, and its conditions."""

Start = Callable[[str, dict[str, str]], Any]


class Rows:
    """Numbers of rows, told in ascending order, most of which follow each other."""

    def __init__(self) -> None:
        self._first: list[int] = []
        self._last: list[int] = []

    def add(self, row: int) -> bool:
        """Tell a row; whether it does not follow the one before."""
        if self._last and self._last[-1] <= row <= self._last[-1] + 1:
            self._last[-1] = row
            return False
        self._first.append(row)
        self._last.append(row)
        return True

    def after(self, row: int) -> Iterator[int]:
        """Those that are beyond a row."""
        for first, last in zip(self._first, self._last, strict=True):
            yield from range(max(first, row + 1), last + 1)

    def __contains__(self, row: int) -> bool:
        at = bisect_right(self._first, row) - 1
        return at >= 0 and row <= self._last[at]


class Marks:
    """What is to be known of cells, by their column, from 0, and row, from 1; all of it unless
    the file is of a kind whose number formats are not read."""

    def __init__(
        self,
        shares: Mapping[int, Rows],
        never: Sequence[Mapping[int, Rows]],
        *,
        is_all: bool = True,
    ) -> None:
        self.is_all = is_all
        self._shares = shares
        self._never = never

    def mark(self, row: int, left: int, cells: list[Cell]) -> None:
        """Put it into the cells of a row, whose first column is ``left``."""
        for column, rows in self._shares.items():
            at = column - left
            if 0 <= at < len(cells) and row in rows:
                cell = cells[at]
                if isinstance(cell, int | float) and not isinstance(cell, bool):
                    cells[at] = Share(cell)
        for found in self._never:
            for column, rows in found.items():
                at = column - left
                if at >= 0 and row in rows:
                    # The reader leaves out what is empty at the end of all rows.
                    cells.extend([""] * (at + 1 - len(cells)))
                    cells[at] = Uncalculated()

    def rows_after(self, row: int) -> list[int]:
        """Rows below this one that have formulas without a value, and so nothing else, perhaps."""
        found = [rows.after(row) for each in self._never for rows in each.values()]
        return sorted({number for numbers in found for number in numbers})


NO_MARKS = Marks({}, ())
UNKNOWN = Marks({}, (), is_all=False)


def marks_of(content: bytes | bytearray, sheet: str) -> Marks:
    """What is to be known of the cells of a sheet; nothing when the file is no XLSX.

    Raises UnusableFile.
    """
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return UNKNOWN
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _marks(archive, sheet)
    except (zipfile.BadZipFile, expat.ExpatError, ValueError, NotImplementedError) as error:
        raise UnusableFile(gettext("The workbook cannot be read: %(why)s.", why=error)) from error


def _marks(archive: zipfile.ZipFile, sheet: str) -> Marks:
    path, recalculates = _path_of(archive, sheet)
    if path not in archive.namelist():
        return UNKNOWN
    percent = _percent_styles(archive)
    if not (percent or _has_formulas(archive, path)):
        return NO_MARKS
    found = _Cells(percent)
    _read(archive, path, found.start, found.end, found.text)
    # A program that cannot calculate writes 0 for all, and asks the spreadsheet to do it.
    zero = [found.zero] if recalculates and not found.calculated else []
    return Marks(found.shares, [found.never, *zero])


def _path_of(archive: zipfile.ZipFile, sheet: str) -> tuple[str, bool]:
    """Where the XML of a sheet is, empty when the archive is none of XLSX; and whether all is to
    be calculated when the workbook is opened."""
    relations: dict[str, str] = {}
    found: list[str] = []
    recalculates: list[str] = []

    def relation(tag: str, said: dict[str, str]) -> None:
        if tag == "Relationship":
            relations[said.get("Id", "")] = said.get("Target", "")

    def listed(tag: str, said: dict[str, str]) -> None:
        if tag == "sheet" and said.get("name") == sheet:
            found.extend(text for name, text in said.items() if _local(name) == "id")
        elif tag == "calcPr":
            recalculates.append(said.get("fullCalcOnLoad", ""))

    _read(archive, f"{FOLDER}/_rels/workbook.xml.rels", relation)
    _read(archive, f"{FOLDER}/workbook.xml", listed)
    target = relations.get(found[0], "") if found else ""
    if target[:1] not in ("", "/"):
        target = posixpath.normpath(f"{FOLDER}/{target}")
    return target.lstrip("/"), bool({"1", "true"} & set(recalculates))


def _percent_styles(archive: zipfile.ZipFile) -> set[str]:
    """Numbers of the styles of cells that show a number as a percentage."""
    formats = set(PERCENT_FORMATS)
    styles: list[str] = []
    inside: list[str] = []

    def style(tag: str, said: dict[str, str]) -> None:
        if tag in ("cellXfs", "cellStyleXfs"):
            inside[:] = [tag]
        elif tag == "numFmt" and _is_percent(said.get("formatCode", "")):
            formats.add(said.get("numFmtId", ""))
        elif tag == "xf" and inside == ["cellXfs"]:
            styles.append(said.get("numFmtId", ""))
        if max(len(styles), len(formats)) > MOST_STYLES:
            raise ValueError(gettext("it has too many styles"))

    _read(archive, f"{FOLDER}/styles.xml", style)
    return {str(number) for number, form in enumerate(styles) if form in formats}


def _is_percent(form: str) -> bool:
    # What is longer is none that a program takes, and looked through it would take hours.
    return "%" in _SAID.sub("", form[:LONGEST_FORMAT])


class _Cells:
    """Goes through the cells of a sheet."""

    def __init__(self, percent: set[str]) -> None:
        self.shares: dict[int, Rows] = {}
        self.never: dict[int, Rows] = {}
        """Formulas without a value."""
        self.zero: dict[int, Rows] = {}
        """Formulas whose value is 0."""
        self.calculated = False
        """Whether the value of any formula is something else."""
        self._percent = percent
        self._runs = 0
        self._row, self._column = 0, -1
        self._kind = ""
        self._formula = self._reads = False
        self._value: str | None = None

    def start(self, tag: str, said: dict[str, str]) -> None:
        if tag == "v":
            self._value, self._reads = "", self._formula
        elif tag == "c":
            self._column = column_of(said["r"]) if "r" in said else self._column + 1
            self._kind = said.get("t", "")
            self._formula, self._value = False, None
            if said.get("s") in self._percent:
                self._note(self.shares)
        elif tag == "f":
            self._formula = True
        elif tag == "row":
            self._row, self._column = int(said.get("r", self._row + 1)), -1

    def text(self, text: str) -> None:
        if self._reads and self._value is not None:
            self._value += text

    def end(self, tag: str) -> None:
        if tag == "v":
            self._reads = False
        elif tag == "c" and self._formula:
            if self._value is None or (not self._value and self._kind != "str"):
                self._note(self.never)
            elif self._value == "0":
                self._note(self.zero)
            else:
                self.calculated = True

    def _note(self, found: dict[int, Rows]) -> None:
        if not (0 <= self._column < LAST_COLUMN and 0 < self._row <= LAST_ROW):
            raise ValueError(gettext("it has a cell where no sheet has one"))
        self._runs += found.setdefault(self._column, Rows()).add(self._row)
        if self._runs > MOST_RUNS:
            raise ValueError(gettext("it has too many cells"))


def _has_formulas(archive: zipfile.ZipFile, path: str) -> bool:
    """Whether there may be formulas in a sheet, which most do not have."""
    before = b""
    with archive.open(path) as stream:
        for chunk in iter(lambda: stream.read(CHUNK), b""):
            looked = before + chunk
            if b"<f" in looked or b":f" in looked:
                return True
            before = chunk[-1:]
    return False


def column_of(reference: str) -> int:
    """The number, from 0, of the column of a cell such as ``AB12``."""
    number = 0
    for letter in reference.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number - 1


def _read(
    archive: zipfile.ZipFile,
    path: str,
    start: Start,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Go through the elements of a file of an archive; nothing when it is not there."""
    if path not in archive.namelist():
        return
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, said: start(_local(tag), said)
    parser.StartDoctypeDeclHandler = _refuse
    if end is not None:
        parser.EndElementHandler = lambda tag: end(_local(tag))
    parser.CharacterDataHandler = text
    given = 0
    with archive.open(path) as stream:
        for chunk in iter(lambda: stream.read(CHUNK), b""):
            parser.Parse(chunk, False)
            given += len(chunk)
            # What has no end yet is held, and looked at again.
            if given - parser.CurrentByteIndex > LONGEST_TAG:
                raise ValueError(gettext("it has a tag that is too long"))
        parser.Parse(b"", True)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _refuse(*_said: Any) -> None:
    raise ValueError(gettext("it declares a document type"))
