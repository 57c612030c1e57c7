"""The report on risks for management, as a PDF in Chinese or English."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from flask_babel import force_locale, format_date, format_decimal
from fpdf import FPDF
from fpdf.enums import TableBordersLayout
from fpdf.fonts import FontFace

from plugin_api.context import current_company, gettext, ngettext, pgettext, today
from plugin_api.errors import Rejected
from plugin_api.paper import Font, font
from plugins.risk import display
from plugins.risk.models.choices import IMPACTS, LIKELIHOODS
from plugins.risk.services import figures, overview, simulation
from plugins.risk.services.detecting.rules import measure_of

GREY, LINE, INK = (110, 110, 110), (205, 205, 205), (20, 20, 20)
FILLS = {
    "low": (220, 240, 225), "medium": (222, 234, 248), "high": (252, 233, 205),
    "extreme": (248, 214, 212),
}  # fmt: skip
RUNS, SEED, COMMON, WITHIN = 5_000, 1, 0.2, 0.2
"""The simulation of the report, which says so."""


def pdf(language: str, face: Font | None = None) -> bytes:
    """The report on what the actor sees. Raises Rejected where the server has no font for it."""
    with force_locale(language):
        return bytes(_Report(face or font()).drawn().output())


class _Report(FPDF):
    def __init__(self, face: Font) -> None:
        super().__init__(format="A4")
        self.family = "helvetica"
        self.is_latin = not face.path
        if face.path:
            self.family = "paper"
            self.add_font("paper", "", face.path, collection_font_number=face.number)
        self.set_margins(18, 18)
        self.set_auto_page_break(auto=True, margin=20)
        self.set_title(self.heading)
        self.set_creator("Xiaoguan")

    @cached_property
    def heading(self) -> str:
        """What it is called."""
        return str(gettext("Report on risks"))

    def footer(self) -> None:
        """Day and page, on each page."""
        self.set_y(-15)
        self._font(8, GREY)
        self.cell(0, 6, f"{format_date(today())}   {self.page_no()} / {{nb}}", align="R")

    def drawn(self) -> _Report:
        """All of it."""
        self.add_page()
        self._line(current_company().name, 10, GREY)
        self._line(self.heading, 18, height=11)
        self._line(format_date(today(), "long"), 9, GREY)
        self._totals()
        self._heat()
        self._top()
        self._loss()
        self._open_points()
        return self

    def _totals(self) -> None:
        self._head(gettext("By category"))
        found = overview.totals()
        heads = (gettext("Category"), pgettext("register", "Risks"), gettext("Over the appetite"),
                 gettext("Expected loss"), gettext("Reviews overdue"))  # fmt: skip
        rows = [
            (str(display.CATEGORY_LABELS[each.category]), _number(each.count), _number(each.over),
             display.money(each.expected), _number(each.late))
            for each in found
        ]  # fmt: skip
        rows.append(
            (gettext("Total"), _number(sum(each.count for each in found)),
             _number(sum(each.over for each in found)),
             display.money(sum(each.expected for each in found)),
             _number(sum(each.late for each in found)))
        )  # fmt: skip
        self._table(heads, rows, (40, 25, 35, 45, 29))

    def _heat(self) -> None:
        self._head(gettext("Heat map: number of risks by likelihood and impact"))
        self._font(8)
        self.set_draw_color(*LINE)
        for row in overview.heat(""):
            self.set_text_color(*GREY)
            self.cell(40, 9, self._said(str(LIKELIHOODS[row[0].likelihood - 1])), align="R")
            self.set_text_color(*INK)
            for cell in row:
                self.set_fill_color(*FILLS[cell.band])
                words = _number(cell.count) if cell.count else ""
                self.cell(26, 9, words, border=1, align="C", fill=True)
            self.ln(9)
        # Cells of tables are filled with the colour that was set last.
        self.set_fill_color(255, 255, 255)
        self.set_text_color(*GREY)
        self.cell(40, 6, "")
        for name in IMPACTS:
            self.cell(26, 6, self._said(str(name)), align="C")
        self.ln(8)

    def _top(self) -> None:
        self._head(gettext("The first risks"))
        heads = (pgettext("register", "Risk"), gettext("Category"), pgettext("risk", "Score"),
                 gettext("Expected loss"), gettext("Review by"))  # fmt: skip
        rows = [
            (each.name, str(display.CATEGORY_LABELS[each.category]),
             f"{each.likelihood} × {each.impact} = {each.score}",
             display.money(each.expected_loss), display.day(each.review_on))
            for each in overview.top()
        ]  # fmt: skip
        self._table(heads, rows, (56, 28, 28, 32, 30))

    def _loss(self) -> None:
        perils, missing = overview.perils()
        self._head(gettext("Total loss of a year"))
        if not perils:
            self._line(gettext("No risk is assessed with a probability and a loss."), 9, GREY)
            return
        outcome = simulation.simulate(perils, runs=RUNS, seed=SEED, common=COMMON, within=WITHIN)
        rows = [
            (gettext("Not exceeded in %(percent)s of 100 years", percent=each),
             display.whole(outcome.percentile(each)))
            for each in (50, 90, 95)
        ]  # fmt: skip
        rows.insert(0, (gettext("On average"), display.whole(outcome.mean)))
        self._table((gettext("Loss"), gettext("Amount")), rows, (120, 54))
        self._line(
            gettext(
                "Simulated %(runs)s times from %(count)s risks; a fifth of what moves a risk is"
                " shared with all, a fifth with those of its category. %(missing)s risks have no"
                " probability or loss and are not in it.",
                runs=_number(RUNS), count=_number(len(perils)), missing=_number(missing),
            ),
            8, GREY,
        )  # fmt: skip

    def _open_points(self) -> None:
        self._head(gettext("What waits"))
        texts = [
            f"{each.name}: {figures.text(measure_of(each.measure), each.value)}"
            for each in overview.alarms()
        ]
        texts += [
            gettext("To be approved: %(name)s, until %(day)s", name=each.name,
                    day=display.day(each.expires_on))
            for each in overview.waiting()
        ]  # fmt: skip
        number, lost = overview.incidents()
        texts.append(
            ngettext("%(num)d incident in twelve months, with losses of %(amount)s",
                     "%(num)d incidents in twelve months, with losses of %(amount)s", number,
                     amount=display.money(lost))
        )  # fmt: skip
        for text in texts:
            self._line(f"- {text}", 9)

    # -- pieces ------------------------------------------------------------------------------

    def _table(
        self, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]
    ) -> None:
        self._font(9)
        self.set_draw_color(*LINE)
        with self.table(
            col_widths=tuple(widths),
            text_align=("LEFT", *("RIGHT" for _each in widths[1:])),
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            headings_style=FontFace(emphasis="", color=GREY),
            line_height=6,
            padding=1,
        ) as table:
            for row in (heads, *rows):
                table.row([self._said(text) for text in row])

    def _head(self, text: str) -> None:
        self.ln(4)
        self._line(text, 12, height=8)

    def _line(
        self, text: str, size: float, color: tuple[int, int, int] = INK, height: float = 5.5
    ) -> None:
        self._font(size, color)
        self.multi_cell(0, height, self._said(text), new_x="LMARGIN", new_y="NEXT")

    def _font(self, size: float, color: tuple[int, int, int] = INK) -> None:
        self.set_font(self.family, size=size)
        self.set_text_color(*color)

    def _said(self, text: str) -> str:
        """A text that the font can write. Raises Rejected."""
        plain = text.replace("\u00a0", " ").replace("\u202f", " ")
        if self.is_latin and any(ord(letter) > 255 for letter in plain):
            raise Rejected(
                "",
                gettext("The server has no font for this text. Have one with Chinese characters"
                        " installed, such as Noto Sans CJK."),
            )  # fmt: skip
        return plain


def _number(value: int) -> str:
    return str(format_decimal(value))
