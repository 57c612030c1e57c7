"""A statement of pay as a PDF, in Chinese or English."""

from __future__ import annotations

from flask_babel import force_locale

from plugin_api import host
from plugin_api.context import current_company, gettext, pgettext
from plugin_api.paper import GREY, Font, Sheet
from plugins.incentives import display
from plugins.incentives.models import Statement
from plugins.incentives.models.pay import STATEMENT_STATES
from plugins.incentives.services import looking
from plugins.incentives.services.shapes import Period

WIDTHS = (24, 74, 28, 28)
"""Columns of the lines: kind, how, what the line comes to, what of it is in this statement."""


def pdf(statement: Statement, language: str, face: Font | None = None) -> bytes:
    """The statement as its person reads it. Raises Rejected where the server has no font for it."""
    with force_locale(language):
        return bytes(_Statement(statement, face).drawn().output())


class _Statement(Sheet):
    def __init__(self, statement: Statement, face: Font | None) -> None:
        super().__init__(face)
        self.statement = statement
        self.foot = statement.name
        self.set_title(self._heading())

    def drawn(self) -> _Statement:
        """All of it."""
        self.add_page()
        self.say(current_company().name, 10, GREY, height=6)
        self.say(self._heading(), 18, height=11)
        self.ln(2)
        self.facts(self._facts())
        self.ln(4)
        self._table()
        for version in looking.versions_of(self.statement):
            if version.terms:
                self.ln(6)
                self.say(version.name, 9, GREY, height=5)
                self.say(version.terms, 9, height=5)
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
            *([(pgettext("pay", "Paid in"), said)] if (said := display.paid(statement)) else []),
        ]  # fmt: skip

    def _table(self) -> None:
        heads = (gettext("Kind"), pgettext("pay", "How"), gettext("The line comes to"),
                 gettext("In this statement"))  # fmt: skip
        with self.ruled(WIDTHS, ("LEFT", "LEFT", "RIGHT", "RIGHT")) as table:
            table.row(heads)
            lines = looking.lines(self.statement)
            for line in lines:
                kind = str(display.LABELS[line.kind])
                late = gettext("for %(period)s", period=display.period(line.period))
                how = display.how(line.text, line.kind)
                table.row([
                    f"{kind} {late}" if line.late else kind, how,
                    display.money(line.whole), display.money(line.here),
                ])  # fmt: skip
            last = table.row()
            last.cell(gettext("Together"), colspan=3)
            last.cell(display.money(self.statement.amount))
        if not looking.are_all(self.statement, lines):
            self.say(gettext("It holds lines that you may not see."), 9, GREY, height=8)
