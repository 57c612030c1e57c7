"""The table of walls in the document says what the tests here try."""

from __future__ import annotations

from pathlib import Path

from tests.tenancy.kinds import KINDS, table

DOCUMENT = Path(__file__).parents[2] / "docs" / "walls.md"


def test_each_kind_is_tried() -> None:
    assert {kind.name: kind.unknown() for kind in KINDS if kind.unknown()} == {}
    assert all(kind.tried for kind in KINDS)


def test_the_document_shows_the_table() -> None:
    assert table() in DOCUMENT.read_text("utf-8")
