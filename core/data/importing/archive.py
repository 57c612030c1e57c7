"""The one table in a ZIP archive."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from core.data.importing.errors import UnusableFile
from core.data.importing.unpacking import Unpacked, check_packing
from core.data.texts import short
from plugin_api.context import gettext

TABLES = frozenset({".csv", ".tsv", ".txt", ".tab", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})
WORKBOOKS = frozenset({"[Content_Types].xml", "mimetype", "content.xml"})
"""A file by one of these names makes an archive a workbook."""
UTF8, PROTECTED = 0x800, 0x1
MOST_NAMED = 10


def only_table(path: Path) -> zipfile.ZipInfo | None:
    """The table in an archive; None when the file is a workbook, or no sound archive.

    Raises UnusableFile when there are several, or none.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if any(entry.filename in WORKBOOKS for entry in entries):
        return None
    files = [entry for entry in entries if not _is_aside(entry)]
    tables = [entry for entry in files if _suffix(entry) in TABLES]
    found = tables or files
    if len(found) != 1:
        raise UnusableFile(_refusal(tables, files))
    (only,) = found
    if only.flag_bits & PROTECTED:
        raise UnusableFile(gettext("The archive is protected by a password; unpack it first."))
    check_packing(only)
    return only


def opened(path: Path, entry: zipfile.ZipInfo) -> BinaryIO:
    """A file of an archive, unpacked on the way. Raises UnusableFile."""
    below = path.open("rb")
    try:
        stream = zipfile.ZipFile(below).open(entry)  # noqa: SIM115 the answer closes it
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        below.close()
        raise UnusableFile(gettext("The file cannot be read: %(why)s.", why=error)) from error
    return io.BufferedReader(Unpacked(stream, below))  # type: ignore[arg-type]


def _is_aside(entry: zipfile.ZipInfo) -> bool:
    """Whether it is a folder, or what programs put beside the files of people."""
    path = PurePosixPath(entry.filename)
    hidden = path.name.startswith((".", "~$")) or path.name.lower() in ("thumbs.db", "desktop.ini")
    return entry.is_dir() or hidden or "__MACOSX" in path.parts


def _suffix(entry: zipfile.ZipInfo) -> str:
    return PurePosixPath(entry.filename).suffix.lower()


def _refusal(tables: Sequence[zipfile.ZipInfo], files: Sequence[zipfile.ZipInfo]) -> str:
    if not files:
        return str(gettext("The archive is empty."))
    named = [short(_name(entry)) for entry in (tables or files)[:MOST_NAMED]]
    names = ", ".join([*named, "…"] if len(tables or files) > MOST_NAMED else named)
    if not tables:
        return str(gettext("There is no table in the archive, only: %(names)s.", names=names))
    return str(
        gettext("The archive has several tables: %(names)s. Unpack it, and take one.", names=names)
    )


def _name(entry: zipfile.ZipInfo) -> str:
    """What a file is called: programs in China write names as GBK and do not say so."""
    if entry.flag_bits & UTF8:
        return entry.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return entry.filename.encode("cp437").decode(encoding)
        except UnicodeError:
            continue
    return entry.filename
