"""What a paper writes where there is no font but that of Latin letters."""

from __future__ import annotations

import pytest

from plugin_api.errors import Rejected
from plugin_api.paper import Font, Paper, Sheet


def test_signs_that_latin_fonts_lack_are_written_otherwise() -> None:
    sheet = Sheet(Font())
    sheet.add_page()
    assert sheet.normalize_text("“A” – B…") == '"A" - B...'
    sheet.say("A – B × C", 10)
    sheet.facts([("Person", "Ann")])
    with sheet.ruled((10, 20), ("LEFT", "RIGHT")) as table:
        table.row(("Kind", "Amount"))
        table.row(("–", "1.00"))
    assert bytes(sheet.output()).startswith(b"%PDF-")


def test_what_no_font_can_write_is_refused_wherever_it_is_written() -> None:
    paper = Paper(Font(), format="A4")
    paper.add_page()
    paper.pen(9)
    for write in (lambda: paper.say("水泵", 9), lambda: paper.cell(0, 5, "水泵")):
        with pytest.raises(Rejected, match="no font"):
            write()
    with pytest.raises(Rejected, match="no font"), paper.ruled((10,)) as table:
        table.row(("水泵",))
