"""A statement of pay as a PDF, in Chinese or English."""

from __future__ import annotations

from flask_babel import force_locale
from fpdf import FPDF
from fpdf.enums import TableBordersLayout
from fpdf.fonts import FontFace

from plugin_api import host
from plugin_api.context import current_company, gettext, pgettext
from plugin_api.errors import Rejected
from plugin_api.paper import Font, font
from plugins.incentives import display
from plugins.incentives.models import Statement
from plugins.incentives.models.pay import STATEMENT_STATES
from plugins.incentives.services import looking
from plugins.incentives.services.shapes import Period

LANGUAGES = ("zh", "en")
WIDTHS = (24, 74, 28, 28)
"""Columns of the lines: kind, how, what the line comes to, what of it is in this statement."""
GREY, LINE = (110, 110, 110), (205, 205, 205)
LATIN = str.maketrans({"–": "-", "∞": "...", "“": '"', "”": '"', "…": "...", "’": "'", "−": "-"})
"""What fonts of Latin letters alone have not."""


def pdf(statement: Statement, language: str, face: Font | None = None) -> bytes:
    """The statement as its person reads it. Raises Rejected where the server has no font for it."""
    with force_locale(language):
        return bytes(_Sheet(statement, face or font()).drawn().output())


class _Sheet(FPDF):
    def __init__(self, statement: Statement, face: Font) -> None:
        super().__init__(format="A4")
        self.statement = statement
        self.family = "paper" if face.path else "helvetica"
        if face.path:
            self.add_font("paper", "", face.path, collection_font_number=face.number)
        self.set_margins(18, 18)
        self.set_auto_page_break(auto=True, margin=20)
        self.set_title(self._said(self._heading()))
        self.set_creator("Xiaoguan")

    def footer(self) -> None:
        """Whose and which page, on each page."""
        self.set_y(-15)
        self._font(8, GREY)
        self.cell(0, 6, f"{self._said(self.statement.name)}   {self.page_no()} / {{nb}}", align="R")

    def drawn(self) -> _Sheet:
        """All of it."""
        self.add_page()
        self._font(10, GREY)
        self.cell(0, 6, self._said(current_company().name), new_x="LMARGIN", new_y="NEXT")
        self._font(18)
        self.cell(0, 11, self._said(self._heading()), new_x="LMARGIN", new_y="NEXT")
        self.ln(2)
        for label, value in self._facts():
            self._font(9, GREY)
            self.cell(38, 6, self._said(label))
            self._font(10)
            self.multi_cell(0, 6, self._said(value), new_x="LMARGIN", new_y="NEXT")
        self.ln(4)
        self._table()
        for version in looking.versions_of(self.statement):
            if version.terms:
                self.ln(6)
                self._font(9, GREY)
                self.cell(0, 5, self._said(version.name), new_x="LMARGIN", new_y="NEXT")
                self._font(9)
                self.multi_cell(0, 5, self._said(version.terms), new_x="LMARGIN", new_y="NEXT")
        return self

    def _heading(self) -> str:
        period = Period(self.statement.start, self.statement.end)
        return f"{pgettext('pay', 'Statement of pay')} {display.period(period)}"

    def _facts(self) -> list[tuple[str, str]]:
        statement = self.statement
        states = {choice.value: str(choice.label) for choice in STATEMENT_STATES}
        return [
            (gettext("Person"), host().title_of("core.User", statement.user_id)),
            (pgettext("pay", "Incentive plan"),
             host().title_of("incentives.Plan", statement.plan_id)),
            (gettext("State"), states[statement.state]),
            (gettext("Amount"), display.money(statement.amount)),
        ]  # fmt: skip

    def _table(self) -> None:
        heads = (gettext("Kind"), pgettext("pay", "How"), gettext("The line comes to"),
                 gettext("In this statement"))  # fmt: skip
        self._font(9)
        self.set_draw_color(*LINE)
        with self.table(
            col_widths=WIDTHS, text_align=("LEFT", "LEFT", "RIGHT", "RIGHT"),
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            headings_style=FontFace(emphasis="", color=GREY), line_height=6, padding=1,
        ) as table:  # fmt: skip
            table.row([self._said(head) for head in heads])
            lines = looking.lines(self.statement)
            for line in lines:
                kind = str(display.LABELS[line.kind])
                late = gettext("for %(period)s", period=display.period(line.period))
                how = line.text or str(display.HOW.get(line.kind, "–"))
                table.row([
                    self._said(f"{kind} {late}" if line.late else kind), self._said(how),
                    self._said(display.money(line.whole)), self._said(display.money(line.here)),
                ])  # fmt: skip
            last = table.row()
            last.cell(self._said(gettext("Together")), colspan=3)
            last.cell(self._said(display.money(self.statement.amount)))
        if not looking.are_all(self.statement, lines):
            self._font(9, GREY)
            self.cell(0, 8, self._said(gettext("It holds lines that you may not see.")))
            self.ln()

    def _said(self, text: str) -> str:
        """A text that the font has. Raises Rejected."""
        if self.family == "paper":
            return text
        made = text.translate(LATIN)
        if any(ord(letter) > 255 for letter in made):
            raise Rejected(
                "",
                gettext("The server has no font for this text. Have one with Chinese characters"
                        " installed, such as Noto Sans CJK."),
            )  # fmt: skip
        return made

    def _font(self, size: float, color: tuple[int, int, int] = (20, 20, 20)) -> None:
        self.set_font(self.family, size=size)
        self.set_text_color(*color)
