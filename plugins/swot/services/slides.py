"""An analysis as slides in landscape, in Chinese or English: four quadrants, where to act first,
what is done."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from flask_babel import force_locale, format_date

from plugin_api import host
from plugin_api.context import current_company, gettext, has_permission, pgettext
from plugin_api.paper import GREY, LINE, Font, Paper
from plugins.swot import display
from plugins.swot.models import Analysis, Item, Option
from plugins.swot.models.words import MANY
from plugins.swot.services import pairs
from plugins.swot.services.wholes import evidence_of, items_of

INKS = {
    "strength": (33, 122, 83), "weakness": (166, 103, 16), "opportunity": (48, 94, 176),
    "threat": (176, 48, 60),
}  # fmt: skip
WIDTH, HEIGHT = 254.0, 142.875
"""Of a slide, 16 to 9, in millimetres."""
MARGIN = 12.0
ROW = 6.4
"""Of an item with what shows it, where there are many; few are written larger."""
PAIRS = 10


def pdf(analysis: Analysis, language: str, face: Font | None = None) -> bytes:
    """The slides. Raises Rejected where the server has no font for them."""
    with force_locale(language):
        return bytes(_Slides(analysis, face).drawn().output())


class _Slides(Paper):
    def __init__(self, analysis: Analysis, face: Font | None) -> None:
        super().__init__(face, orientation="landscape", format=(HEIGHT, WIDTH))
        self.analysis = analysis
        self.items = items_of(analysis.id) if has_permission("swot.Item.read") else []
        self.proofs = evidence_of([item.id for item in self.items])
        self.pairs = pairs.ranked(analysis.id)[:PAIRS] if has_permission("swot.Pair.read") else []
        self.options = self._options()
        self.large = 1.0
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(auto=True, margin=MARGIN)
        self.set_title(analysis.name)

    def footer(self) -> None:
        """Whose it is, as of when, and the page."""
        self.set_y(-9)
        self.pen(8, GREY)
        company, day = current_company().name, format_date(self.analysis.on, "medium")
        said = f"{company} · {day} · {self.page_no()} / {{nb}}"
        self.cell(0, 5, said, align="R")

    def drawn(self) -> _Slides:
        """All of them."""
        self._board()
        if self.pairs:
            self._pairs()
        if self.options:
            self._chosen()
        return self

    def _options(self) -> Sequence[Option]:
        if not has_permission("swot.Option.read"):
            return []
        asked = sa.select(Option).where(
            Option.analysis_id == self.analysis.id, Option.state != "dropped"
        )
        return host().session.scalars(asked.order_by(Option.state, Option.id)).all()

    def _head(self, title: str) -> None:
        self.add_page()
        self.pen(9, GREY)
        state = display.label("state", self.analysis.state)
        kind = f"{self.analysis.subject} · {state}"
        self.cell(0, 4.5, kind, new_x="LMARGIN", new_y="NEXT")
        self.pen(17)
        self.cell(0, 9, title, new_x="LMARGIN", new_y="NEXT")

    def _board(self) -> None:
        self._head(self.analysis.name)
        self.set_auto_page_break(auto=False)
        top, gap = self.get_y() + 2, 4.0
        wide = (WIDTH - 2 * MARGIN - gap) / 2
        high = (HEIGHT - top - MARGIN - gap) / 2
        fullest = max(
            (len([item for item in self.items if item.quadrant == each]) for each in MANY),
            default=1,
        )
        self.large = max(1.0, min(1.6, (high - 9) / (ROW * max(fullest, 1))))
        for number, quadrant in enumerate(MANY):
            x = MARGIN + (number % 2) * (wide + gap)
            y = top + (number // 2) * (high + gap)
            self._quadrant(quadrant, (x, y, wide, high))
        self.set_auto_page_break(auto=True, margin=MARGIN)

    def _quadrant(self, quadrant: str, box: tuple[float, float, float, float]) -> None:
        x, y, wide, high = box
        here = [item for item in self.items if item.quadrant == quadrant]
        self.set_draw_color(*LINE)
        self.rect(x, y, wide, high)
        self.set_fill_color(*INKS[quadrant])
        self.rect(x, y, 1.2, high, style="F")
        self.set_xy(x + 3, y + 1.5)
        self.pen(11, INKS[quadrant])
        total = sum((item.score or Decimal(0) for item in here), Decimal(0))
        self.cell(wide - 26, 5, str(MANY[quadrant]))
        self.cell(22, 5, display.number(total), align="R")
        line = y + 7.5
        for number, item in enumerate(here):
            # One line, and one of grey below it for what shows it.
            left = len(here) - number
            if line + ROW * self.large - 1 > y + high - (4 if left > 1 else 0):
                self._left(x, line, wide, left)
                return
            self._item(item, x, line, wide)
            line += ROW * self.large

    def _item(self, item: Item, x: float, y: float, wide: float) -> None:
        large = self.large
        self.set_xy(x + 3, y)
        self.pen(8.5 * large)
        self.cell(wide - 6 - 18 * large, 3.4 * large, self._cut(item.name, wide - 7 - 18 * large))
        self.pen(8 * large, GREY)
        numbers = f"{display.number(item.weight, 4)} × {display.number(item.intensity)}"
        self.cell(18 * large, 3.4 * large, numbers, align="R")
        proofs = self.proofs[item.id]
        if proofs:
            self.set_xy(x + 3, y + 3.2 * large)
            self.pen(6 * large, GREY)
            said = "; ".join(self._proof(proof) for proof in proofs)
            self.cell(wide - 6, 2.6 * large, self._cut(said, wide - 7))

    def _proof(self, proof: Any) -> str:
        source = f", {proof.source}" if proof.source and proof.source != proof.name else ""
        day = format_date(proof.as_of, "medium") if proof.as_of else ""
        return f"{proof.name}{source} ({day})"

    def _left(self, x: float, y: float, wide: float, number: int) -> None:
        self.set_xy(x + 3, y)
        self.pen(7, GREY)
        self.cell(wide - 6, 3, gettext("and %(number)d more", number=number))

    def _cut(self, text: str, wide: float) -> str:
        """A text that fits into a line."""
        text = text.replace("\n", " ")
        if self.get_string_width(text) <= wide:
            return text
        while text and self.get_string_width(text + "...") > wide:
            text = text[:-1]
        return text + "..."

    def _pairs(self) -> None:
        self._head(gettext("Act here first"))
        heads = (
            pgettext("swot", "Strength or weakness"), pgettext("swot", "Opportunity or threat"),
            pgettext("swot", "Posture"), pgettext("swot", "Fit"), pgettext("swot", "Score"),
        )  # fmt: skip
        rows = [
            (row.inner, row.outer, display.label("posture", row.posture), str(row.fit),
             display.number(row.score, 4))
            for row in self.pairs
        ]  # fmt: skip
        self._table(heads, rows, (84, 84, 30, 12, 20))

    def _chosen(self) -> None:
        self._head(pgettext("swot", "Strategic options"))
        heads = (
            pgettext("swot", "What is done"), pgettext("swot", "Posture"), gettext("State"),
            pgettext("swot", "Strategy in plans"),
        )  # fmt: skip
        rows = [
            (option.name, display.label("posture", option.posture),
             display.label("option", option.state), option.plan or "")
            for option in self.options
        ]  # fmt: skip
        self._table(heads, rows, (110, 30, 25, 65))

    def _table(
        self, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]
    ) -> None:
        self.ln(2)
        with self.ruled(widths, line_height=5.5, padding=0.8) as table:
            for row in (heads, *rows):
                table.row(row)
