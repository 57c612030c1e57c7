"""Files as tables: what the columns are called, and rows one after the other.

A text file is never held in memory; a workbook is, by its reader, in a compact form. What
a file is follows from its first bytes, not from its name.
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from core.data.importing import archive
from core.data.importing.encoding import MARKS
from core.data.importing.errors import UnusableFile
from core.data.importing.options import Options
from core.data.importing.source import Source
from core.data.importing.textfile import TextSource
from core.data.importing.unpacking import Unpacked
from core.data.importing.webpage import PageSource, is_page
from core.data.importing.workbook import WorkbookSource
from plugin_api.context import gettext

GZIP = b"\x1f\x8b"
ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
OLE = b"\xd0\xcf\x11\xe0"
HEAD = 2048
OTHERS = {
    b"%PDF": "PDF", b"Rar!": "RAR", b"7z\xbc\xaf": "7z", b"\x89PNG": "PNG",
    b"\xff\xd8\xff\xe0": "JPEG",
}  # fmt: skip
"""What people upload that is no table."""
OLD_XML = "urn:schemas-microsoft-com:office:spreadsheet"


def is_packed(path: Path) -> bool:
    """Whether a file holds more than its size tells."""
    with path.open("rb") as raw:
        head = raw.read(4)
    return head[:2] == GZIP or head in (ZIP, OLE)


def open_source(path: Path, options: Options) -> Source:
    """The table in a CSV, TSV, XLSX, XLS or HTML file, or in one of them under gzip or in a ZIP
    archive.

    Raises UnusableFile when it holds none.
    """
    open_again = _opener(path)
    try:
        with open_again() as raw:
            head = raw.read(HEAD)
        if not head:
            raise UnusableFile(gettext("The file is empty."))
        if kind := OTHERS.get(head[:4]):
            raise UnusableFile(gettext("The file is %(kind)s and no table.", kind=kind))
        if head[:4] in (ZIP, OLE):
            return WorkbookSource(open_again, options)
        text = _text(head)
        if OLD_XML in text:
            reason = gettext(
                "This is a workbook of an old kind (XML): open it in a spreadsheet program and "
                "save it as XLSX or CSV."
            )
            raise UnusableFile(reason)
        if is_page(text):
            return PageSource(open_again, options)
        return TextSource(open_again, options)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
        raise UnusableFile(gettext("The file cannot be read: %(why)s.", why=error)) from error


def _opener(path: Path) -> Callable[[], BinaryIO]:
    """What opens the table of a file again and again, unpacked on the way."""
    with path.open("rb") as raw:
        head = raw.read(4)
    if head[:2] == GZIP:
        return lambda: io.BufferedReader(Unpacked(gzip.open(path, "rb")))  # type: ignore[arg-type]
    entry = archive.only_table(path) if head in (ZIP, EMPTY_ZIP) else None
    if entry is not None:
        return lambda: archive.opened(path, entry)
    return lambda: path.open("rb")


def _text(head: bytes) -> str:
    """The beginning of a file as text, so far as it is in ASCII."""
    encoding = next((codec for mark, codec in MARKS if head.startswith(mark)), "ascii")
    return head[: len(head) // 2 * 2].decode(encoding, "ignore")
