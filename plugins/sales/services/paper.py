"""A quote as a PDF that is sent to the customer, in Chinese or English."""

from __future__ import annotations

from flask_babel import force_locale
from fpdf import FPDF
from fpdf.enums import TableBordersLayout
from fpdf.fonts import FontFace

from plugin_api.context import current_company, gettext
from plugin_api.errors import Rejected
from plugin_api.paper import Font, font
from plugins.sales.models import Quote
from plugins.sales.services import offer, quotes

LANGUAGES = ("zh", "en")
WIDTHS = (6, 50, 16, 22, 14, 24)
"""Columns of the lines: position, description, quantity, unit price, discount, amount."""
GREY, LINE = (110, 110, 110), (205, 205, 205)


def pdf(quote: Quote, language: str, face: Font | None = None) -> bytes:
    """The quote as its customer gets it. Raises Rejected where the server has no font for it."""
    with force_locale(language):
        return bytes(_Sheet(quote, face or font()).drawn().output())


class _Sheet(FPDF):
    def __init__(self, quote: Quote, face: Font) -> None:
        super().__init__(format="A4")
        self.quote = quote
        self.family = "helvetica"
        self.lines_ = quotes.lines_of(quote.id)
        self.texts = self._texts()
        if face.path:
            self.family = "paper"
            self.add_font("paper", "", face.path, collection_font_number=face.number)
        elif any(ord(letter) > 255 for text in self.texts for letter in text):
            raise Rejected(
                "",
                gettext("The server has no font for this text. Have one with Chinese characters"
                        " installed, such as Noto Sans CJK."),
            )  # fmt: skip
        self.set_margins(18, 18)
        self.set_auto_page_break(auto=True, margin=20)
        self.set_title(offer.heading(self.quote))
        self.set_creator("Xiaoguan")

    def footer(self) -> None:
        """Number and page, on each page."""
        self.set_y(-15)
        self._font(8, GREY)
        self.cell(0, 6, f"{self.quote.number or ''}   {self.page_no()} / {{nb}}", align="R")

    def drawn(self) -> _Sheet:
        """All of it."""
        self.add_page()
        quote = self.quote
        self._font(10, GREY)
        self.cell(0, 6, self.texts[0], new_x="LMARGIN", new_y="NEXT")
        self._font(18)
        self.cell(0, 11, offer.heading(self.quote), new_x="LMARGIN", new_y="NEXT")
        self.ln(2)
        for label, value in offer.facts(quote):
            self._font(9, GREY)
            self.cell(38, 6, label)
            self._font(10)
            self.multi_cell(0, 6, value, new_x="LMARGIN", new_y="NEXT")
        for text in (quote.subject, quote.opening):
            if text:
                self.ln(3)
                self._font(10)
                self.multi_cell(0, 5.5, text, new_x="LMARGIN", new_y="NEXT")
        self.ln(4)
        self._table()
        self._sums()
        if quote.terms:
            self.ln(6)
            self._font(9)
            self.multi_cell(0, 5, quote.terms, new_x="LMARGIN", new_y="NEXT")
        return self

    def _texts(self) -> list[str]:
        quote = self.quote
        return [
            current_company().name, offer.heading(quote), quote.subject or "", quote.opening or "",
            quote.terms or "", *(value for _label, value in offer.facts(quote)),
            *(line.description or "" for line in self.lines_),
            *(line.group or "" for line in self.lines_),
        ]  # fmt: skip

    def _table(self) -> None:
        heads = ("#", gettext("Description"), gettext("Quantity"), gettext("Unit price"),
                 gettext("Discount"), gettext("Amount"))  # fmt: skip
        self._font(9)
        self.set_draw_color(*LINE)
        with self.table(
            col_widths=WIDTHS,
            text_align=("LEFT", "LEFT", "RIGHT", "RIGHT", "RIGHT", "RIGHT"),
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            headings_style=FontFace(emphasis="", color=GREY),
            line_height=6,
            padding=1,
        ) as table:
            table.row(heads)
            for row in offer.rows(self.lines_):
                if row.is_group:
                    table.row().cell(row.what, colspan=len(WIDTHS))
                else:
                    table.row(row)

    def _sums(self) -> None:
        self.ln(2)
        if text := offer.on_all(self.quote):
            self._font(9, GREY)
            self.cell(0, 5, text, align="R", new_x="LMARGIN", new_y="NEXT")
        *parts, total = offer.sums(self.quote)
        for label, value in (*parts, total):
            self._font(11 if label == total[0] else 10)
            self.cell(130, 6.5, label, align="R")
            self.cell(0, 6.5, value, align="R", new_x="LMARGIN", new_y="NEXT")

    def _font(self, size: float, color: tuple[int, int, int] = (20, 20, 20)) -> None:
        self.set_font(self.family, size=size)
        self.set_text_color(*color)
