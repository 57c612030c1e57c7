"""What a file is stands in its content, not in its name."""

from __future__ import annotations

import io
import time
import tracemalloc

import pytest

from core.files.kinds import KINDS, UnknownKind, kind_of
from tests.files.samples import CONTENT_TYPES, GOOD, PDF, archive, bomb, many_entries, office


def found(content: bytes, ending: str = "") -> str:
    return kind_of(io.BytesIO(content), ending).kind.id


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_known_by_its_content(kind: str) -> None:
    assert found(GOOD[kind], kind) == kind
    assert GOOD.keys() == KINDS.keys()


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        (b"plain", "utf-8"),
        ("中文".encode(), "utf-8"),
        ("中文".encode("gbk"), "gb18030"),
        ("𠮷".encode("gb18030"), "gb18030"),
        (("x" * 65_535 + "中").encode(), "utf-8"),
    ],
)
def test_texts_and_how_they_are_encoded(text: bytes, charset: str) -> None:
    assert kind_of(io.BytesIO(text)).charset == charset


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"MZ\x90\0\x03", "a program"),
        (b"\x7fELF\x02", "a program"),
        (b"#!/bin/sh\nrm -rf /\n", "a program"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504, "old Office format"),
        (office("xl/workbook.xml", **{"xl/vbaProject.bin": b"x"}), "macros"),
        (archive({"a/vbaProject.bin": b"x"}), "macros"),
        (b"PK\x03\x04 and then nothing", "broken"),
        ("中文".encode("utf-16"), "none of"),
        (b"\x00\x01\x02\x03", "none of"),
        (b"text and \x00 in it", "none of"),
        (b"\xff\xff\xff", "none of"),
        (b"BM\x00\x00", "none of"),
        (b"RIFF\0\0\0\0WAVE", "none of"),
    ],
)
def test_other_contents_are_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(UnknownKind, match=reason):
        found(content)


def test_pages_and_drawings_are_texts_at_most() -> None:
    """So they are never served as anything that a browser runs."""
    assert found(b"<html><script>alert(1)</script>") == "txt"
    assert found(b'<svg xmlns="http://www.w3.org/2000/svg"/>') == "txt"


def test_what_begins_as_one_kind_is_that_kind_whatever_follows() -> None:
    assert found(GOOD["gif"] + b"<script>") == "gif"
    assert found(PDF + GOOD["zip"]) == "pdf"


def test_an_archive_with_parts_of_two_documents_is_one_of_them() -> None:
    entries = {CONTENT_TYPES: b"", "word/document.xml": b"", "xl/workbook.xml": b""}
    assert found(archive(entries)) == "docx"
    assert found(archive({"word/document.xml": b""})) == "zip"


@pytest.mark.parametrize("content", [bomb(), many_entries(400_000)], ids=["bomb", "entries"])
def test_archives_are_never_unpacked(content: bytes) -> None:
    tracemalloc.start()
    started = time.perf_counter()
    assert found(content) == "zip"
    taken = time.perf_counter() - started
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken < 2
    assert most < len(content) + 8_000_000
