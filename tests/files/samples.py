"""Contents of files: of every kind that is taken, and of others that pretend."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

CONTENT_TYPES = "[Content_Types].xml"


def archive(entries: Mapping[str, bytes]) -> bytes:
    """A ZIP file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            packed.writestr(name, content)
    return made.getvalue()


def office(part: str, **more: bytes) -> bytes:
    """An Office document that holds no more than tells what it is."""
    return archive({CONTENT_TYPES: b"<Types/>", part: b"<x/>", **more})


def png() -> bytes:
    """One black point."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checked = kind + content
        return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
    )


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
GOOD = {
    "pdf": PDF,
    "png": png(),
    "jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\0" * 20,
    "gif": b"GIF89a\x01\0\x01\0\0\0\0;",
    "webp": b"RIFF\x1a\0\0\0WEBPVP8L" + b"\0" * 14,
    "docx": office("word/document.xml"),
    "xlsx": office("xl/workbook.xml"),
    "pptx": office("ppt/presentation.xml"),
    "zip": archive({"a.txt": b"a"}),
    "csv": "名称,金额\n甲,1\n".encode("gbk"),
    "txt": "\ufeffGrüße, 世界\r\n".encode(),
}
"""A content for each kind."""


def bomb() -> bytes:
    """Kilobytes that unpack to hundreds of megabytes."""
    return archive({f"{i}.txt": bytes(40_000_000) for i in range(5)})


def many_entries(count: int) -> bytes:
    """A ZIP file with a directory of very many entries and no content."""
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", *(0,) * 6, *(0,) * 3, 1, *(0,) * 4, 0, 0)
    directory = (entry + b"x") * count
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, len(directory), 4, 0)
    return b"PK\x03\x04" + directory + end
