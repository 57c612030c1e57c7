"""Files as tables: what the columns are called, and rows one after the other.

A text file is never held in memory; a workbook is, by its reader, in a compact form. What
a file is follows from its first bytes, not from its name.
"""

from __future__ import annotations

import gzip
import io
import zlib
from pathlib import Path
from typing import BinaryIO

from core.data.importing.errors import UnusableFile
from core.data.importing.options import Options
from core.data.importing.source import Source
from core.data.importing.textfile import TextSource
from core.data.importing.unpacking import Unpacked
from core.data.importing.workbook import WorkbookSource
from plugin_api.context import gettext

GZIP = b"\x1f\x8b"
ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0"


def is_packed(path: Path) -> bool:
    """Whether a file holds more than its size tells."""
    with path.open("rb") as raw:
        head = raw.read(4)
    return head[:2] == GZIP or head in (ZIP, OLE)


def open_source(path: Path, options: Options) -> Source:
    """The table in a CSV, TSV, XLSX or XLS file, or in one of them under gzip.

    Raises UnusableFile when it holds none.
    """

    def open_again() -> BinaryIO:
        with path.open("rb") as raw:
            packed = raw.read(2) == GZIP
        if not packed:
            return path.open("rb")
        unpacked = Unpacked(gzip.open(path, "rb"))  # type: ignore[arg-type]  # noqa: SIM115
        return io.BufferedReader(unpacked)

    try:
        with open_again() as raw:
            head = raw.read(4)
        if not head:
            raise UnusableFile(gettext("The file is empty."))
        made: Source
        if head in (ZIP, OLE):
            made = WorkbookSource(open_again, options)
        else:
            made = TextSource(open_again, options)
    except (OSError, EOFError, zlib.error) as error:
        raise UnusableFile(gettext("The file cannot be read: %(why)s.", why=error)) from error
    return made
