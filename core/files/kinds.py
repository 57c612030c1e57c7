"""What a file is, by its content. Nothing is unpacked: of an archive only the list is read."""

from __future__ import annotations

import codecs
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from plugin_api.context import Text, gettext
from plugin_api.context import lazy_gettext as _


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """A kind of file that may be attached. ``inline``: a browser may show it."""

    id: str
    label: Text
    mimetype: str
    endings: tuple[str, ...]
    inline: bool = False
    icon: str = "file-earmark"


_OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS = {
    kind.id: kind
    for kind in (
        Kind(id="pdf", label=_("PDF document"), mimetype="application/pdf", endings=("pdf",),
             inline=True, icon="file-earmark-pdf"),
        Kind(id="png", label=_("PNG image"), mimetype="image/png", endings=("png",), inline=True,
             icon="file-earmark-image"),
        Kind(id="jpg", label=_("JPEG image"), mimetype="image/jpeg", endings=("jpg", "jpeg"),
             inline=True, icon="file-earmark-image"),
        Kind(id="gif", label=_("GIF image"), mimetype="image/gif", endings=("gif",), inline=True,
             icon="file-earmark-image"),
        Kind(id="webp", label=_("WebP image"), mimetype="image/webp", endings=("webp",),
             inline=True, icon="file-earmark-image"),
        Kind(id="docx", label=_("Word document"), endings=("docx",), icon="file-earmark-word",
             mimetype=f"{_OFFICE}.wordprocessingml.document"),
        Kind(id="xlsx", label=_("Excel workbook"), endings=("xlsx",), icon="file-earmark-excel",
             mimetype=f"{_OFFICE}.spreadsheetml.sheet"),
        Kind(id="pptx", label=_("PowerPoint presentation"), endings=("pptx",),
             icon="file-earmark-ppt", mimetype=f"{_OFFICE}.presentationml.presentation"),
        Kind(id="zip", label=_("ZIP archive"), mimetype="application/zip", endings=("zip",),
             icon="file-earmark-zip"),
        Kind(id="csv", label=_("Table as text"), mimetype="text/csv", endings=("csv", "tsv"),
             icon="file-earmark-spreadsheet"),
        Kind(id="txt", label=_("Text"), mimetype="text/plain", endings=("txt",),
             icon="file-earmark-text"),
    )
}  # fmt: skip

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
)
_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END, _ENTRY = b"PK\x05\x06", b"PK\x01\x02"
_LONGEST_END = 22 + 65_535
MOST_ENTRIES = 10_000
"""Entries of an archive that are looked at to tell what it is."""
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
"""What no text holds."""
BLOCK = 1 << 16


class UnknownKind(ValueError):
    """The content is of no kind that may be attached; the message says which it looks like."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the content is. A text may be any of those that are plain: csv or txt."""

    kind: Kind
    charset: str = ""


def kind_of(stream: BinaryIO, ending: str = "") -> Found:
    """The kind of a file that can be read anew. ``ending`` of its name only tells a table from
    another text, which look the same. Raises UnknownKind."""
    stream.seek(0)
    head = stream.read(16)
    if not head:
        raise UnknownKind(gettext("The file is empty."))
    for start, id_ in _STARTS:
        if head.startswith(start):
            return Found(KINDS[id_])
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Found(KINDS["webp"])
    if head.startswith((b"PK\x03\x04", _END)):
        return Found(KINDS[_archive(stream)])
    if head.startswith(_OLD_OFFICE):
        raise UnknownKind(
            gettext("It is of an old Office format or protected: save it as docx, xlsx or pptx.")
        )
    if head.startswith((b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")):
        raise UnknownKind(gettext("It is a program."))
    charset = _charset(stream)
    if not charset:
        raise UnknownKind(
            gettext("Its content is none of: %(kinds)s.", kinds=", ".join(map(str, KINDS)))
        )
    return Found(KINDS["csv" if ending in KINDS["csv"].endings else "txt"], charset)


def _archive(stream: BinaryIO) -> str:
    """An Office document or another archive, by the names of its entries."""
    names = set(_entries(stream))
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise UnknownKind(gettext("It contains macros: save it without them."))
    if "[Content_Types].xml" in names:
        for part, id_ in _PARTS.items():
            if part in names:
                return id_
    return "zip"


def _entries(stream: BinaryIO) -> Iterator[str]:
    """Names in the directory at the end of a ZIP file. What is broken has none."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _LONGEST_END))
    tail = stream.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < 22:
        raise UnknownKind(gettext("The archive is broken: its end is missing."))
    length, offset = struct.unpack_from("<II", tail, at + 12)
    stream.seek(min(offset, size))
    directory = stream.read(min(length, size))
    place = 0
    for _number in range(MOST_ENTRIES):
        if directory[place : place + 4] != _ENTRY or len(directory) < place + 46:
            return
        name, extra, comment = struct.unpack_from("<HHH", directory, place + 28)
        yield directory[place + 46 : place + 46 + name].decode("utf-8", "replace")
        place += 46 + name + extra + comment


def _charset(stream: BinaryIO) -> str:
    """How a text is encoded; empty for what is none."""
    for charset in ("utf-8", "gb18030"):
        decoder = codecs.getincrementaldecoder(charset)()
        stream.seek(0)
        try:
            while block := stream.read(BLOCK):
                if _CONTROL.search(block):
                    return ""
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return charset
    return ""
