"""An answer as a table: words and links for pages, numbers for files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from core.analysis.answering import Answer, Head, column_name
from core.analysis.asking import FIGURE, LABEL, Asked, choices
from core.analysis.comparing import COMPARES, Change
from core.analysis.picture import figure, link
from core.measures.engine import Tally
from core.views.sheets import Line
from core.web import formats
from plugin_api.context import current_company, gettext
from plugin_api.money import from_minor

PLACES = 4
"""Of what was divided, in files."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A head. ``sort`` is what sorts by it, ``sorted`` ``asc`` or ``desc`` when it does."""

    label: str
    sort: str = ""
    sorted: str = ""
    is_total: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """``tone`` is that of a change for better or worse; ``number`` what a file holds."""

    text: str
    number: Decimal | None = None
    href: str = ""
    tone: str = ""
    is_total: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A line of the table."""

    label: str
    cells: tuple[Cell, ...]
    is_total: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """``corner`` is the head of the labels. The last row holds the totals."""

    corner: Column
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def table_of(question: Asked, found: Answer) -> Table:
    """Everything that was asked, with totals; without a split and when compared, what was before
    beside it."""
    heads = [_column(question, head.label, column_name(head)) for head in found.columns]
    if question.split:
        heads.append(_column(question, gettext("Total"), FIGURE, is_total=True))
    else:
        heads = [_column(question, str(question.measure.label), FIGURE)]
        if found.before:
            heads += [
                Column(label=str(COMPARES[question.compare])),
                Column(label=str(gettext("Difference"))),
                Column(label=str(gettext("Change in per cent"))),
            ]
    rows = [_row(question, found, i) for i in range(len(found.rows))]
    return Table(
        corner=_column(question, choices(question.parts)[question.by], LABEL),
        columns=tuple(heads),
        rows=(*rows, _totals(question, found)),
    )


def lines(table: Table) -> Iterator[Line]:
    """The table as a file has it."""
    yield [table.corner.label, *(column.label for column in table.columns)]
    for row in table.rows:
        yield [row.label, *(cell.number for cell in row.cells)]


def changes(question: Asked, change: Change) -> tuple[Cell, Cell, Cell]:
    """The figure before, the difference and the change in per cent."""
    unit = question.measure.unit
    tone = ""
    if change.difference:
        tone = "good" if (change.difference > 0) == (question.measure.direction == "up") else "bad"
    if change.share is not None:
        share = signed(formats.percent(round(change.share * 100, 1)), change.share)
    elif change.is_thin:
        share = str(gettext("too little data"))
    else:
        share = str(gettext("n/a"))
    return (
        Cell(text=figure(change.before, unit), number=_number(question, change.before)),
        Cell(
            text="–" if change.difference is None
            else signed(figure(change.difference, unit), change.difference),
            number=_number(question, change.difference),
            tone=tone,
        ),
        Cell(text=share, number=change.share, tone=tone if change.share is not None else ""),
    )  # fmt: skip


def signed(text: str, value: Decimal) -> str:
    """With a plus before what grew."""
    return f"+{text}" if value > 0 else text


def _row(question: Asked, found: Answer, i: int) -> Row:
    head, total = found.rows[i], found.row_totals[i]
    if question.split:
        pairs = zip(found.columns, found.cells[i], strict=True)
        cells = [_cell(question, tally, head, column) for column, tally in pairs]
        cells.append(_cell(question, total, head, is_total=True))
    else:
        cells = [_cell(question, total, head)]
        if found.before:
            cells += changes(question, found.before.rows[i])
    return Row(label=head.label, cells=tuple(cells))


def _totals(question: Asked, found: Answer) -> Row:
    cells = []
    if question.split:
        pairs = zip(found.columns, found.column_totals, strict=True)
        cells = [_cell(question, tally, None, column, is_total=True) for column, tally in pairs]
    cells.append(_cell(question, found.total, None, is_total=True))
    if found.before and not question.split:
        cells += changes(question, found.before.total)
    return Row(label=str(gettext("Total")), cells=tuple(cells), is_total=True)


def _cell(
    question: Asked,
    tally: Tally,
    row: Head | None,
    column: Head | None = None,
    *,
    is_total: bool = False,
) -> Cell:
    return Cell(
        text=figure(tally.value, question.measure.unit),
        number=_number(question, tally.value),
        href=link(question, row, column) if tally.facts else "",
        is_total=is_total,
    )


def _number(question: Asked, value: Decimal | None) -> Decimal | None:
    if value is None:
        return None
    if question.measure.unit == "money":
        value = from_minor(1, current_company().currency) * value
    return round(value, PLACES) if len(question.parts) > 1 else value


def _column(question: Asked, label: str, name: str, *, is_total: bool = False) -> Column:
    """A head that sorts by it: names rising first, figures falling first."""
    first, second = (name, f"-{name}") if name == LABEL else (f"-{name}", name)
    way = "desc" if question.sort.startswith("-") else "asc"
    return Column(
        label=str(label),
        sort=second if question.sort == first else first,
        sorted=way if question.sort.removeprefix("-") == name else "",
        is_total=is_total,
    )
