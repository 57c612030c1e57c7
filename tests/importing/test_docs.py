"""The page on importing says what there is."""

from __future__ import annotations

import re
from pathlib import Path

from core.data.importing.mapping import OPTIONS, SECTIONS
from tests.importing.files import MAPS

PAGE = (Path(__file__).parents[2] / "docs" / "importing.md").read_text("utf-8")
BLOCK = re.compile(r"^```toml file=(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_every_section_and_option_is_documented() -> None:
    sections = re.findall(r"^\| `\[(\w+)[^`]*\]` \|", PAGE, re.MULTILINE)
    assert sorted(sections) == sorted(SECTIONS)
    options = re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)
    assert sorted(options) == sorted(OPTIONS)


def test_the_maps_on_the_page_are_those_that_are_tried() -> None:
    shown = BLOCK.findall(PAGE)
    assert sorted(name for name, _text in shown) == sorted(
        f"maven_crm/{path.name}" for path in (MAPS / "maven_crm").iterdir()
    )
    for name, text in shown:
        assert text == (MAPS / name).read_text("utf-8")
