"""The report on risks for management, as a PDF in Chinese or English."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import force_locale, format_date, format_decimal

from plugin_api.context import current_company, gettext, ngettext, pgettext, today
from plugin_api.figures import measure_of
from plugin_api.paper import GREY, INK, LINE, Font, Sheet
from plugins.risk import display
from plugins.risk.models.choices import IMPACTS, LIKELIHOODS
from plugins.risk.services import figures, overview, simulation

FILLS = {
    "low": (220, 240, 225), "medium": (222, 234, 248), "high": (252, 233, 205),
    "extreme": (248, 214, 212),
}  # fmt: skip
RUNS, SEED, COMMON, WITHIN = 5_000, 1, 0.2, 0.2
"""The simulation of the report, which says so."""


def pdf(language: str, face: Font | None = None) -> bytes:
    """The report on what the actor sees. Raises Rejected where the server has no font for it."""
    with force_locale(language):
        return bytes(_Report(face).drawn().output())


class _Report(Sheet):
    def __init__(self, face: Font | None) -> None:
        super().__init__(face)
        self.heading = str(gettext("Report on risks"))
        self.foot = str(format_date(today()))
        self.set_title(self.heading)

    def drawn(self) -> _Report:
        """All of it."""
        self.add_page()
        self.say(current_company().name, 10, GREY)
        self.say(self.heading, 18, height=11)
        self.say(format_date(today(), "long"), 9, GREY)
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
        self.pen(8)
        self.set_draw_color(*LINE)
        for row in overview.heat(""):
            self.set_text_color(*GREY)
            self.cell(40, 9, str(LIKELIHOODS[row[0].likelihood - 1]), align="R")
            self.set_text_color(*INK)
            for cell in row:
                self.set_fill_color(*FILLS[cell.band])
                words = _number(cell.count) if cell.count else ""
                self.cell(26, 9, words, border=1, align="C", fill=True)
            self.ln(9)
        self.set_text_color(*GREY)
        self.cell(40, 6, "")
        for name in IMPACTS:
            self.cell(26, 6, str(name), align="C")
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
            self.say(gettext("No risk is assessed with a probability and a loss."), 9, GREY)
            return
        outcome = simulation.simulate(perils, runs=RUNS, seed=SEED, common=COMMON, within=WITHIN)
        rows = [
            (gettext("Not exceeded in %(percent)s of 100 years", percent=each),
             display.whole(outcome.percentile(each)))
            for each in (50, 90, 95)
        ]  # fmt: skip
        rows.insert(0, (gettext("On average"), display.whole(outcome.mean)))
        self._table((gettext("Loss"), gettext("Amount")), rows, (120, 54))
        self.say(
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
            self.say(f"- {text}", 9)

    # -- pieces ------------------------------------------------------------------------------

    def _table(
        self, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]
    ) -> None:
        align = ("LEFT", *("RIGHT" for _each in widths[1:]))
        with self.ruled(widths, align) as table:
            for row in (heads, *rows):
                table.row(row)

    def _head(self, text: str) -> None:
        self.ln(4)
        self.say(text, 12, height=8)


def _number(value: int) -> str:
    return str(format_decimal(value))
