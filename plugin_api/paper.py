"""Papers that a plugin draws as PDF, in a font that has Chinese characters.

Import it where a paper is drawn, not at the start: its library is large.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fpdf import FPDF
from fpdf.enums import TableBordersLayout
from fpdf.fonts import FontFace
from fpdf.table import Table

from plugin_api.context import gettext
from plugin_api.errors import Rejected

FONTS = (
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/opentype/source-han-sans/SourceHanSansSC-Regular.otf", 0),
    ("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", 0),
    ("/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf", 0),
    ("/System/Library/Fonts/Supplemental/Arial Unicode.ttf", 0),
    ("C:/Windows/Fonts/msyh.ttc", 0),
    ("C:/Windows/Fonts/simhei.ttf", 0),
)
"""Fonts with Chinese characters that systems have, and which of the file it is."""
GREY, LINE, INK = (110, 110, 110), (205, 205, 205), (20, 20, 20)
"""Of what is said by the way, of lines, of the rest: red, green, blue."""
LATIN = str.maketrans(
    {"–": "-", "−": "-", "…": "...", "∞": "...", "“": '"', "”": '"', "’": "'", "\u202f": " "}
)
"""Signs that fonts of Latin letters alone have not, and what is written instead."""
Color = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Font:
    """Where the font of a paper is; without a path only Latin letters are written."""

    path: str = ""
    number: int = 0


def font() -> Font:
    """The first font with Chinese characters that there is."""
    return next((Font(path, n) for path, n in FONTS if Path(path).is_file()), Font())


class Paper(FPDF):
    """A paper of any shape: ``shape`` is what FPDF is made with. Whatever is written on it raises
    Rejected where the server has no font for it."""

    def __init__(self, face: Font | None = None, **shape: Any) -> None:
        super().__init__(**shape)
        face = face or font()
        self.family = "paper" if face.path else "helvetica"
        if face.path:
            self.add_font("paper", "", face.path, collection_font_number=face.number)
        self.set_creator("Xiaoguan")

    def normalize_text(self, text: str) -> str:
        """A text as the font can write it. Raises Rejected."""
        if self.family == "paper":
            return super().normalize_text(text)
        plain = text.translate(LATIN)
        if any(ord(letter) > 255 for letter in plain):
            raise Rejected(
                "",
                gettext("The server has no font for this text. Have one with Chinese characters"
                        " installed, such as Noto Sans CJK."),
            )  # fmt: skip
        return super().normalize_text(plain)

    def pen(self, size: float, color: Color = INK) -> None:
        """Go on in letters of a size, in points, and a colour."""
        self.set_font(self.family, size=size)
        self.set_text_color(*color)

    def say(self, text: str, size: float, color: Color = INK, height: float = 5.5) -> None:
        """Write a text from the left margin on, in as many lines of a height as it needs."""
        self.pen(size, color)
        self.multi_cell(0, height, text, new_x="LMARGIN", new_y="NEXT")

    def ruled(
        self,
        widths: Sequence[int],
        align: str | Sequence[str] = "LEFT",
        line_height: float = 6,
        padding: float = 1,
    ) -> AbstractContextManager[Table]:
        """A table with lines between its rows, the first of which is its head: with columns of
        these widths, in proportion. Rows are added in its context: ``table.row(texts)``."""
        self.pen(9)
        self.set_draw_color(*LINE)
        # Cells are filled with the colour that was set last.
        self.set_fill_color(255, 255, 255)
        return self.table(
            col_widths=tuple(widths), text_align=align, line_height=line_height, padding=padding,
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            headings_style=FontFace(emphasis="", color=GREY),
        )  # fmt: skip


class Sheet(Paper):
    """A paper of upright A4 sheets; ``foot`` stands below each, with its number."""

    foot = ""

    def __init__(self, face: Font | None = None) -> None:
        super().__init__(face, format="A4")
        self.set_margins(18, 18)
        self.set_auto_page_break(auto=True, margin=20)

    def footer(self) -> None:
        """What it is and which page, on each page."""
        self.set_y(-15)
        self.pen(8, GREY)
        self.cell(0, 6, f"{self.foot}   {self.page_no()} / {{nb}}", align="R")

    def facts(self, found: Iterable[tuple[str, str]]) -> None:
        """Labels and values below one another."""
        for label, value in found:
            self.pen(9, GREY)
            self.cell(38, 6, label)
            self.pen(10)
            self.multi_cell(0, 6, value, new_x="LMARGIN", new_y="NEXT")
