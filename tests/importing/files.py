"""Files for tests of imports: real ones, and small ones made for the occasion."""

from __future__ import annotations

import gzip
import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from core.data.importing.options import Options
from core.data.importing.reading import open_source
from core.data.importing.source import Source, SourceRow

SHARED = Path(__file__).parents[2].parent / "shared" / "data"
MAPS = Path(__file__).parent / "maps"


def real(name: str) -> Path:
    """A real file such as ``maven_crm/accounts.csv``; skips the test where it is not."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"the real file {name} is not on this machine")
    return path


def written(folder: Path, text: str, encoding: str = "utf-8", name: str = "file.csv") -> Path:
    """A text file; packed when its name says so."""
    path = folder / name
    content = text.encode(encoding)
    path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    return path


def workbook(folder: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    """A workbook with a sheet for each entry."""
    path = folder / "file.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for line, row in enumerate(rows):
                sheet.write_row(line, 0, row)
    return path


def opened(path: Path, **options: Any) -> Source:
    """The table in a file, read with these options."""
    return open_source(path, Options(**options))


def rows_of(path: Path, **options: Any) -> list[SourceRow]:
    """Every row of a file."""
    return list(opened(path, **options).rows())


def cells_of(path: Path, **options: Any) -> list[tuple[Any, ...]]:
    """The cells of every row."""
    return [row.cells for row in rows_of(path, **options)]


def rewritten(path: Path, name: str, change: tuple[str, str]) -> Path:
    """The workbook with something else in one of its parts."""
    parts = {}
    with zipfile.ZipFile(path) as archive:
        for each in archive.namelist():
            parts[each] = archive.read(each)
    assert re.search(change[0], parts[name].decode()), "the part is as it was thought"
    parts[name] = re.sub(change[0], change[1], parts[name].decode()).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for each, content in parts.items():
            archive.writestr(each, content)
    return path
