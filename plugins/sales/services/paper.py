"""A quote as a PDF that is sent to the customer, in Chinese or English."""

from __future__ import annotations

from flask_babel import force_locale

from plugin_api.context import current_company, gettext
from plugin_api.paper import GREY, Font, Sheet
from plugins.sales.models import Quote
from plugins.sales.services import offer, quotes

WIDTHS = (6, 50, 16, 22, 14, 24)
"""Columns of the lines: position, description, quantity, unit price, discount, amount."""


def pdf(quote: Quote, language: str, face: Font | None = None) -> bytes:
    """The quote as its customer gets it. Raises Rejected where the server has no font for it."""
    with force_locale(language):
        return bytes(_Quote(quote, face).drawn().output())


class _Quote(Sheet):
    def __init__(self, quote: Quote, face: Font | None) -> None:
        super().__init__(face)
        self.quote = quote
        self.foot = quote.number or ""
        self.set_title(offer.heading(quote))

    def drawn(self) -> _Quote:
        """All of it."""
        self.add_page()
        quote = self.quote
        self.say(current_company().name, 10, GREY, height=6)
        self.say(offer.heading(quote), 18, height=11)
        self.ln(2)
        self.facts(offer.facts(quote))
        for text in (quote.subject, quote.opening):
            if text:
                self.ln(3)
                self.say(text, 10)
        self.ln(4)
        self._table()
        self._sums()
        if quote.terms:
            self.ln(6)
            self.say(quote.terms, 9, height=5)
        return self

    def _table(self) -> None:
        heads = ("#", gettext("Description"), gettext("Quantity"), gettext("Unit price"),
                 gettext("Discount"), gettext("Amount"))  # fmt: skip
        align = ("LEFT", "LEFT", "RIGHT", "RIGHT", "RIGHT", "RIGHT")
        with self.ruled(WIDTHS, align) as table:
            table.row(heads)
            for row in offer.rows(quotes.lines_of(self.quote.id)):
                if row.is_group:
                    table.row().cell(row.what, colspan=len(WIDTHS))
                else:
                    table.row(row)

    def _sums(self) -> None:
        self.ln(2)
        if text := offer.on_all(self.quote):
            self.pen(9, GREY)
            self.cell(0, 5, text, align="R", new_x="LMARGIN", new_y="NEXT")
        *parts, total = offer.sums(self.quote)
        for label, value in (*parts, total):
            self.pen(11 if label == total[0] else 10)
            self.cell(130, 6.5, label, align="R")
            self.cell(0, 6.5, value, align="R", new_x="LMARGIN", new_y="NEXT")
