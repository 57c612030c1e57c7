"""Files that are small on the disk and huge, or deadly, once they are unpacked."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import zipfile
from typing import BinaryIO

from core.data.importing.errors import UnusableFile
from plugin_api.context import gettext

LARGEST = 1 << 31
"""Bytes that a packed text may unpack to."""
LONGEST_LINE = 1 << 22
"""Characters of a line of a text; a file without line ends would be one line."""
MOST_MERGED = 1 << 20
"""Groups of merged cells in a sheet."""
PACKINGS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""What every program writes; others are unpacked without a bound on what is held."""
MEMORY = 2 << 30
SECONDS = 60
_TRIAL = f"""
import io, sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
    resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))
except (ImportError, ValueError):
    pass
from python_calamine import CalamineError, CalamineWorkbook
try:
    book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    name = sys.argv[1]
    names = book.sheet_names
    if name.isdigit() and name not in names:
        name = names[int(name) - 1] if 0 < int(name) <= len(names) else ""
    sheet = book.get_sheet_by_name(name if name in names else names[0])
    sys.exit(len(sheet.merged_cell_ranges or ()) > {MOST_MERGED})
except (CalamineError, IndexError):
    pass
"""
_MOST_KNOWN = 1000
_sound: dict[tuple[bytes, str], None] = {}
"""Workbooks that were tried, the oldest first."""


class Unpacked(io.RawIOBase):
    """A stream that ends with a refusal once it has given more than :data:`LARGEST` bytes."""

    def __init__(self, stream: BinaryIO, below: BinaryIO | None = None) -> None:
        self._stream = stream
        self._below = below
        self._given = 0
        self.fileobj = below or getattr(stream, "fileobj", None)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        block = self._stream.read(len(buffer))
        self._given += len(block)
        if self._given > LARGEST:
            raise UnusableFile(gettext("The file is too large once it is unpacked."))
        buffer[: len(block)] = block
        return len(block)

    def close(self) -> None:
        self._stream.close()
        if self._below is not None:
            self._below.close()
        super().close()


def check_packing(entry: zipfile.ZipInfo) -> None:
    """Raise UnusableFile for a file of an archive that is packed in an unusual way."""
    if entry.compress_type not in PACKINGS:
        raise UnusableFile(
            gettext("The archive is packed in an unusual way: unpack it, and pack it as plain ZIP.")
        )


def check_line(line: str | bytes) -> None:
    """Raise UnusableFile for what was read of a line that is too long to go on with."""
    if len(line) >= LONGEST_LINE:
        raise UnusableFile(gettext("The file has a line that is too long: is it a table?"))


def try_workbook(content: bytes | bytearray, sheet: str | int) -> None:
    """Open a sheet in a process of its own, which may run out of memory and time.

    The reader makes room for every cell between the first and the last one, and ends the
    process when there is none: a workbook of a kilobyte can ask for half a terabyte.
    Raises UnusableFile.
    """
    key = (hashlib.sha256(content).digest(), str(sheet))
    if key in _sound:
        return
    try:
        tried = subprocess.run(
            [sys.executable, "-c", _TRIAL, str(sheet)],
            input=content,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=2 * SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        tried = None
    if tried is None or tried.returncode != 0:
        raise UnusableFile(gettext("The workbook is too large; save the sheet as CSV."))
    if len(_sound) >= _MOST_KNOWN:
        _sound.pop(next(iter(_sound)), None)
    _sound[key] = None
