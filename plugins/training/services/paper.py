"""A certificate as a PDF, in Chinese or English."""

from __future__ import annotations

from flask_babel import force_locale, format_date

from plugin_api import host
from plugin_api.context import current_company, gettext
from plugin_api.paper import GREY, INK, Color, Font, Paper
from plugins.training import display
from plugins.training.models import Certificate

FRAME = (190, 190, 190)


def pdf(certificate: Certificate, language: str, face: Font | None = None) -> bytes:
    """The certificate on a sheet. Raises Rejected where the server has no font for it."""
    with force_locale(language):
        return bytes(_Certificate(certificate, face).drawn().output())


class _Certificate(Paper):
    def __init__(self, certificate: Certificate, face: Font | None) -> None:
        super().__init__(face, orientation="landscape", format="A4")
        self.of = certificate
        self.set_auto_page_break(auto=False)
        self.set_title(f"{certificate.name} {certificate.number}")

    def _lines(self) -> list[tuple[int, Color, str]]:
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
            (26, INK, str(host().title_of("core.User", of.user_id))),
            (13, GREY, gettext("has completed the course")),
            (20, INK, of.name),
            (11, GREY, facts),
            (10, GREY, gettext("No. %(number)s", number=of.number)),
        ]

    def drawn(self) -> _Certificate:
        """All of it."""
        self.add_page()
        self.set_draw_color(*FRAME)
        self.set_line_width(0.6)
        self.rect(12, 12, self.w - 24, self.h - 24)
        self.set_y(30)
        for size, color, text in self._lines():
            self.pen(size, color)
            self.multi_cell(0, size * 0.62, text, align="C", new_x="LMARGIN", new_y="NEXT")
            self.ln(5)
        return self
