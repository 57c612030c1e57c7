"""A certificate as a PDF, in Chinese or English."""

from __future__ import annotations

from flask_babel import force_locale, format_date
from fpdf import FPDF

from plugin_api.context import current_company, gettext
from plugin_api.errors import Rejected
from plugin_api.paper import Font, font
from plugins.training import display
from plugins.training.models import Certificate
from plugins.training.services.people import names_of

LANGUAGES = ("zh", "en")
GREY, LINE, INK = (110, 110, 110), (190, 190, 190), (20, 20, 20)


def pdf(certificate: Certificate, language: str, face: Font | None = None) -> bytes:
    """The certificate on a sheet. Raises Rejected where the server has no font for it."""
    with force_locale(language):
        return bytes(_Sheet(certificate, face or font()).drawn().output())


class _Sheet(FPDF):
    def __init__(self, certificate: Certificate, face: Font) -> None:
        super().__init__(orientation="landscape", format="A4")
        self.of = certificate
        person = names_of([certificate.user_id]).get(certificate.user_id, "")
        self.lines_ = self._lines(person)
        self.family = "helvetica"
        if face.path:
            self.family = "paper"
            self.add_font("paper", "", face.path, collection_font_number=face.number)
        elif any(ord(letter) > 255 for _size, _tone, text in self.lines_ for letter in text):
            raise Rejected(
                "",
                gettext("The server has no font for this text. Have one with Chinese characters"
                        " installed, such as Noto Sans CJK."),
            )  # fmt: skip
        self.set_auto_page_break(auto=False)
        self.set_title(f"{certificate.name} {certificate.number}")
        self.set_creator("Xiaoguan")

    def _lines(self, person: str) -> list[tuple[int, tuple[int, int, int], str]]:
        of = self.of
        valid = (
            gettext("Valid until %(day)s", day=format_date(of.expires_on, "long"))
            if of.expires_on
            else gettext("Valid for good")
        )
        score = (
            []
            if of.score is None
            else [gettext("Score %(score)s", score=display.percent(of.score))]
        )
        issued = gettext("Issued on %(day)s", day=format_date(of.issued_on, "long"))
        facts = "  ·  ".join([issued, valid, *score])
        return [
            (13, GREY, current_company().name),
            (34, INK, gettext("Certificate")),
            (13, GREY, gettext("This is to certify that")),
            (26, INK, person),
            (13, GREY, gettext("has completed the course")),
            (20, INK, of.name),
            (11, GREY, facts),
            (10, GREY, gettext("No. %(number)s", number=of.number)),
        ]

    def drawn(self) -> _Sheet:
        """All of it."""
        self.add_page()
        self.set_draw_color(*LINE)
        self.set_line_width(0.6)
        self.rect(12, 12, self.w - 24, self.h - 24)
        self.set_y(30)
        for size, color, text in self.lines_:
            self.set_font(self.family, size=size)
            self.set_text_color(*color)
            self.multi_cell(0, size * 0.62, text, align="C", new_x="LMARGIN", new_y="NEXT")
            self.ln(5)
        return self
