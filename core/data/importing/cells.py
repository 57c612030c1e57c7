"""From the cells of a row to typed values; what a row refers to is looked up elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from core.data import numbers
from core.data.checks import clean
from core.data.escaping import unescape
from core.data.fields import NUMERIC, FieldMeta
from core.data.importing import numerals
from core.data.importing.days import Days
from core.data.importing.errors import RowError
from core.data.importing.figures import Figures
from core.data.importing.missing import NOTHING, advice
from core.data.importing.parts import Part, Plan
from core.data.importing.saying import as_text, bare, from_serial, is_number, sentences, shown
from core.data.importing.source import SourceRow, Uncalculated, is_total
from core.data.parse import parse_value
from core.data.texts import row_id, short
from plugin_api.context import current_company, gettext
from plugin_api.errors import Refused
from plugin_api.models import CompanyModel

TYPED = frozenset({*NUMERIC, "date", "instant"})
SHORTENED = re.compile(r"\d(?:\.\d+)?E\+\d{2}", re.IGNORECASE)
"""A long number as a spreadsheet shows it: the digits are lost."""
MOST_DIGITS = 10**15


@dataclass(slots=True)
class Draft:
    """A row on its way to a record. Everything is keyed by view name."""

    row: SourceRow
    texts: dict[str, str] = field(default_factory=dict)
    """What the cells say, after the map's own replacements; empty ones are there too."""
    values: dict[str, Any] = field(default_factory=dict)
    """What is typed already."""
    amounts: dict[str, str] = field(default_factory=dict)
    """Amounts that wait for their currency."""
    named: dict[str, str] = field(default_factory=dict)
    """References that wait to be looked up."""
    defaulted: set[str] = field(default_factory=set)
    """Filled by a default: an existing record keeps what it has."""
    emptied: set[str] = field(default_factory=set)
    """Columns that say nothing."""
    record_id: int | None = None
    record: CompanyModel | None = None
    again: bool = False
    """An earlier row of the file was about the same record."""
    folded: bool = False
    """Its key is among those that were seen."""
    problems: list[RowError] = field(default_factory=list)


class Reader:
    """Makes drafts of rows by a plan."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._options = plan.options
        self._figures = Figures(plan.options)
        self._empty = frozenset(plan.options.empty) | {""}
        company = current_company()
        self._days = Days(plan.options, ZoneInfo(company.timezone))
        self._currency = company.currency

    def text(self, row: SourceRow, index: int) -> str:
        """A cell as text, without blanks around it; the words for empty make it empty."""
        text = bare(as_text(row.cells[index], as_number=index in self._plan.numbers))
        text = unescape(text)
        return "" if text in self._empty else text

    def wanted(self, row: SourceRow) -> bool:
        """Whether the map takes the row at all."""
        plan = self._plan
        # A row of which nobody knows is taken, and refused.
        return all(
            self.text(row, at) in texts or isinstance(row.cells[at], Uncalculated)
            for at, texts in plan.only
        ) and not any(self.text(row, at) in texts for at, texts in plan.leave_out)

    def draft(self, row: SourceRow) -> Draft:
        """The row typed as far as it can be; what is wrong is in its problems."""
        made = Draft(row)
        made.problems = self._no_record(row)
        if made.problems:
            return made
        if self._plan.id_at is not None:
            self._take_id(made, self._plan.id_at)
        if self._plan.currency_at is not None:
            self._check_currency(made, self._plan.currency_at)
        for part in self._plan.parts:
            if fault := self._fault(part, row):
                made.problems.append(self.problem(made, part, ValueError(fault)))
                continue
            text = self._text_of(part, row)
            made.texts[part.meta.name] = text
            if not text:
                text = part.default
                if not text:
                    if part.index is not None and part.meta.kind != "boolean":
                        made.emptied.add(part.meta.name)
                    continue
                made.defaulted.add(part.meta.name)
            if part.meta.kind == "reference":
                made.named[part.meta.name] = text
            elif part.meta.kind == "money":
                made.amounts[part.meta.name] = text
            else:
                try:
                    said = part.meta.name not in made.defaulted
                    made.values[part.meta.name] = self._typed(part, text, said)
                except (ValueError, Refused) as error:
                    made.problems.append(self.problem(made, part, error))
        return made

    def settle(self, draft: Draft) -> None:
        """Type the amounts, now that it is known which record the row is."""
        parts = {part.meta.name: part for part in self._plan.parts}
        for name, text in draft.amounts.items():
            part = parts[name]
            try:
                currency = self._currency_of(part.meta, draft)
                said = name not in draft.defaulted
                draft.values[name] = clean(
                    part.meta, self._figures.minor(part, text, currency, said)
                )
            except ValueError as error:
                draft.problems.append(self.problem(draft, part, error))
        draft.amounts = {}

    def problem(self, draft: Draft, part: Part, error: Exception) -> RowError:
        """Why a cell cannot be taken."""
        reason = error.words if isinstance(error, Refused) else str(error)
        reason = sentences(reason, advice(part, draft.texts.get(part.meta.name, "")))
        value = "" if part.index is None else shown(draft.row.cells[part.index])
        return RowError(reason, part.meta.name, part.column, value or part.default)

    def _text_of(self, part: Part, row: SourceRow) -> str:
        if part.index is None:
            return ""
        cell = row.cells[part.index]
        kind = part.meta.kind
        as_number = part.index in self._plan.numbers or kind in NUMERIC
        if kind in ("date", "instant") and is_number(cell):
            cell = from_serial(cell)
        form = "" if as_number else self._options.date_format
        text = unescape(bare(as_text(cell, as_number=as_number, form=form)))
        text = "" if text in self._empty else text
        if part.more:
            texts = [text, *(self.text(row, index) for index in part.more)]
            text = " ".join(filter(None, texts))
        if text not in part.values and kind in TYPED and text.casefold() in NOTHING:
            return ""
        if text in part.values:
            return part.values[text]
        if self._options.decimal == "," and kind in NUMERIC and isinstance(cell, str):
            return numerals.swapped(text)
        return text

    def _no_record(self, row: SourceRow) -> list[RowError]:
        """Why nothing can be made of a row, whatever its cells say."""
        if problem := _problem_of(row):
            return [RowError(problem)]
        if not any(isinstance(cell, Uncalculated) for cell in row.cells):
            return []
        reason = gettext(
            "The formula of this cell was never calculated: open the workbook in a spreadsheet "
            "program, save it there, and import that."
        )
        return [
            RowError(reason, name, self._plan.columns[at], str(row.cells[at]))
            for at, name in self._plan.used.items()
            if isinstance(row.cells[at], Uncalculated)
        ]

    def _fault(self, part: Part, row: SourceRow) -> str:
        """Why a cell cannot be told, whatever else the row says."""
        cell = row.cells[part.index] if part.index is not None else ""
        kind = part.meta.kind
        texts = kind in ("text", "phone")
        if texts and isinstance(cell, int | float) and abs(cell) >= MOST_DIGITS:
            return str(
                gettext(
                    "A spreadsheet keeps 15 digits of a number; format the column as text there."
                )
            )
        fits = kind == "decimal" and part.meta.scale >= 3
        if self._options.decimal or kind not in NUMERIC or fits or not isinstance(cell, str):
            return ""
        if "." in cell and cell.strip() not in part.values and numerals.is_unclear(cell):
            return str(
                gettext(
                    "“%(text)s” may be a thousand times as much: say whether the decimal sign is a "
                    "point or a comma (on the page “Decimal sign”, in a map “decimal”).",
                    text=short(cell),
                )
            )
        return ""

    def _typed(self, part: Part, text: str, said: bool) -> Any:
        meta = part.meta
        if meta.kind == "date":
            return self._days.day(part, text)
        if meta.kind == "instant":
            return self._days.moment(part, text)
        if meta.kind == "integer":
            return clean(meta, numbers.steps(self._figures.number(part, text, 0, said), 0))
        if meta.kind in ("decimal", "percent"):
            value = self._figures.number(part, text, meta.scale, said)
            return clean(meta, Decimal(numbers.steps(value, meta.scale)).scaleb(-meta.scale))
        if meta.kind in ("text", "phone") and SHORTENED.fullmatch(text):
            raise ValueError(
                gettext("A spreadsheet has shortened this number; format the column as text there.")
            )
        value = parse_value(meta, text)
        return clean(meta, value)

    def _currency_of(self, meta: FieldMeta, draft: Draft) -> str:
        """The currency of an amount: the row's, else the record's, else that of a new record."""
        if meta.currency_field is None:
            return self._currency
        named = draft.values.get(meta.currency_field)
        if draft.record is not None and (not named or meta.currency_field in draft.defaulted):
            named = getattr(draft.record, meta.currency_field)
        if not named:
            named = _default_of(self._plan.model, meta.currency_field)
        return str(named or self._currency)

    def _take_id(self, draft: Draft, at: int) -> None:
        text = self.text(draft.row, at)
        if not text:
            return
        try:
            draft.record_id = row_id(text)
        except ValueError:
            draft.record_id = None
        if draft.record_id is None:
            reason = gettext("“%(text)s” is not the number of a record.", text=text)
            draft.problems.append(RowError(reason, "id", self._plan.columns[at], text))

    def _check_currency(self, draft: Draft, at: int) -> None:
        text = self.text(draft.row, at)
        if text and text.upper() != self._currency:
            reason = gettext("Amounts here are in %(currency)s.", currency=self._currency)
            draft.problems.append(RowError(reason, "currency", self._plan.columns[at], text))


def _problem_of(row: SourceRow) -> str:
    """Why a row is no record."""
    if not row.problem and is_total(row.cells):
        return str(gettext("This seems to be a total and no record: leave the row out."))
    return row.problem


def _default_of(model: type[CompanyModel], name: str) -> Any:
    """What a new record starts with in a column."""
    default: Any = model.__mapper__.columns[name].default
    if default is None:
        return None
    return default.arg if default.is_scalar else default.arg(None)
