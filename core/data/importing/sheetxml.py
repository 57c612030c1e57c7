"""What the reader of workbooks does not tell of a sheet of an XLSX file: which numbers are shown
as percentages."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from bisect import bisect_right
from collections.abc import Callable, Mapping
from typing import Any
from xml.parsers import expat

from core.data.importing.errors import UnusableFile
from core.data.importing.source import Cell, Share
from plugin_api.context import gettext

CHUNK = 1 << 18
FOLDER = "xl"
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

    def add(self, row: int) -> None:
        """Tell a row."""
        if self._last and row == self._last[-1] + 1:
            self._last[-1] = row
        else:
            self._first.append(row)
            self._last.append(row)

    def __contains__(self, row: int) -> bool:
        at = bisect_right(self._first, row) - 1
        return at >= 0 and row <= self._last[at]


class Marks:
    """Column, from 0 → the rows, from 1, in which a number is shown as a percentage."""

    def __init__(self, shares: Mapping[int, Rows]) -> None:
        self._shares = shares

    def mark(self, row: int, left: int, cells: list[Cell]) -> None:
        """Put what is known of them into the cells of a row, whose first column is ``left``."""
        for column, rows in self._shares.items():
            at = column - left
            if 0 <= at < len(cells) and row in rows:
                cell = cells[at]
                if isinstance(cell, int | float) and not isinstance(cell, bool):
                    cells[at] = Share(cell)


def marks_of(content: bytes | bytearray, sheet: str) -> Marks:
    """What is to be known of the cells of a sheet; nothing when the file is no XLSX.

    Raises UnusableFile.
    """
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return Marks({})
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            path = _path_of(archive, sheet)
            percent = _percent_styles(archive)
            return Marks(_shares(archive, path, percent) if path and percent else {})
    except (zipfile.BadZipFile, expat.ExpatError, ValueError, NotImplementedError) as error:
        raise UnusableFile(gettext("The workbook cannot be read: %(why)s.", why=error)) from error


def _path_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """Where the XML of a sheet is; empty when the archive is none of XLSX."""
    relations: dict[str, str] = {}
    found: list[str] = []

    def relation(tag: str, said: dict[str, str]) -> None:
        if tag == "Relationship":
            relations[said.get("Id", "")] = said.get("Target", "")

    def listed(tag: str, said: dict[str, str]) -> None:
        if tag == "sheet" and said.get("name") == sheet:
            found.extend(text for name, text in said.items() if _local(name) == "id")

    _read(archive, f"{FOLDER}/_rels/workbook.xml.rels", relation)
    _read(archive, f"{FOLDER}/workbook.xml", listed)
    target = relations.get(found[0], "") if found else ""
    if not target:
        return ""
    return target[1:] if target[0] == "/" else posixpath.normpath(f"{FOLDER}/{target}")


def _percent_styles(archive: zipfile.ZipFile) -> set[str]:
    """Numbers of the styles of cells that show a number as a percentage."""
    formats = set(PERCENT_FORMATS)
    styles: list[str] = []
    inside: list[str] = []

    def style(tag: str, said: dict[str, str]) -> None:
        if tag in ("cellXfs", "cellStyleXfs"):
            inside[:] = [tag]
        elif tag == "numFmt" and "%" in _SAID.sub("", said.get("formatCode", "")):
            formats.add(said.get("numFmtId", ""))
        elif tag == "xf" and inside == ["cellXfs"]:
            styles.append(said.get("numFmtId", ""))

    _read(archive, f"{FOLDER}/styles.xml", style)
    return {str(number) for number, form in enumerate(styles) if form in formats}


def _shares(archive: zipfile.ZipFile, path: str, percent: set[str]) -> dict[int, Rows]:
    """Column → the rows in which a cell has one of these styles."""
    made: dict[int, Rows] = {}
    row = column = 0

    def cell(tag: str, said: dict[str, str]) -> None:
        nonlocal row, column
        if tag == "c":
            column = column_of(said["r"]) if "r" in said else column + 1
            if said.get("s") in percent:
                made.setdefault(column, Rows()).add(row)
        elif tag == "row":
            row, column = int(said.get("r", row + 1)), -1

    _read(archive, path, cell)
    return made


def column_of(reference: str) -> int:
    """The number, from 0, of the column of a cell such as ``AB12``."""
    number = 0
    for letter in reference.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number - 1


def _read(archive: zipfile.ZipFile, path: str, start: Start) -> None:
    """Go through the elements of a file of an archive; nothing when it is not there."""
    if path not in archive.namelist():
        return
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, said: start(_local(tag), said)
    parser.StartDoctypeDeclHandler = _refuse
    with archive.open(path) as stream:
        for chunk in iter(lambda: stream.read(CHUNK), b""):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _refuse(*_said: Any) -> None:
    raise ValueError(gettext("it declares a document type"))
