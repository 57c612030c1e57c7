"""The figures of a question, as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from core.analysis.asking import FIGURE, LABEL, Asked
from core.analysis.comparing import Change, change, span_before
from core.host import services
from core.measures.engine import Tally, nothing_of
from core.measures.periods import STARTS, label_of, starts_between
from plugin_api.context import current_company, gettext, today

MOST_SERIES = 12
"""Columns; more than that cannot be told apart in a picture."""
MOST_ROWS = 400


@dataclass(frozen=True, slots=True)
class Head:
    """A row or column: its key and what it is called."""

    key: Any
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Before:
    """What is compared with: its days, the change of all, and without a split of each row."""

    start: date
    end: date
    total: Change
    rows: tuple[Change, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """``cells[row][column]`` with the totals of each row, of each column, and of all, which count
    what is left out too. Without a split there is one column."""

    rows: tuple[Head, ...]
    columns: tuple[Head, ...]
    cells: tuple[tuple[Tally, ...], ...]
    row_totals: tuple[Tally, ...]
    column_totals: tuple[Tally, ...]
    total: Tally
    left_columns: int = 0
    left_rows: int = 0
    before: Before | None = None


def answer(question: Asked, *, whole: bool = False) -> Answer:
    """Ask, in one statement, in two when it is compared. ``whole``: with every row and column."""
    tallies = _ask(question, question.start, question.end)
    span = None
    if question.is_compared and question.start and question.end:
        span = span_before(question.compare, question.start, question.end, today())
    then = _ask(question, *span) if span else []
    nothing = nothing_of(question.parts)
    cells = {tally.keys: tally for tally in tallies}
    down, over = _sums(tallies, 0, nothing), _sums(tallies, 1, nothing) if question.split else {}
    total = _sum(tallies, nothing)
    columns = _columns(question, tallies, over)

    def cell(row: Head, column: Head) -> Tally:
        return cells.get((row.key, column.key) if question.split else (row.key,), nothing)

    def of_row(row: Head) -> Tally:
        return down.get(row.key, nothing)

    rows = _rows(question, [*tallies, *([] if question.split else then)], of_row)
    places = {head.key: i for i, head in enumerate(rows)}
    rows = _sorted(question, rows, columns, of_row, cell)
    left_columns = 0 if whole else max(0, len(columns) - MOST_SERIES)
    left_rows = 0 if whole else max(0, len(rows) - MOST_ROWS)
    columns, rows = columns[: len(columns) - left_columns], rows[: len(rows) - left_rows]
    before = None
    if span:
        was = _sums(then, 0, nothing)
        others = {head.key: head.key for head in rows}
        if question.by in STARTS:
            # Periods are compared by their place: the first with the first.
            dated = _periods(question.by, *span)
            others = {k: dated[i].key for k, i in places.items() if i < len(dated)}
        before = Before(
            start=span[0],
            end=span[1],
            total=change(total, _sum(then, nothing)),
            rows=()
            if question.split
            else tuple(
                change(of_row(head), was.get(others.get(head.key, date.min), nothing))
                for head in rows
            ),
        )
    return Answer(
        rows=tuple(rows),
        columns=tuple(columns),
        cells=tuple(tuple(cell(row, column) for column in columns) for row in rows),
        row_totals=tuple(of_row(row) for row in rows),
        column_totals=tuple(over.get(head.key, nothing) for head in columns)
        if question.split
        else (total,),
        total=total,
        left_columns=left_columns,
        left_rows=left_rows,
        before=before,
    )


def _ask(question: Asked, start: date | None, end: date | None) -> list[Tally]:
    engine = services().measures
    return engine.tallies(question.measure.key, start, end, question.keys, question.filters)


def _rows(question: Asked, tallies: Sequence[Tally], figure: Callable[[Head], Tally]) -> list[Head]:
    """Every period of the question, the empty too; of other keys those that have facts, the
    largest first."""
    if question.by in STARTS and question.start and question.end and not question.is_snapshot:
        return _periods(question.by, question.start, question.end)
    rows = _heads(tallies, 0)
    if question.by not in STARTS:
        rows.sort(key=lambda head: (-_weight(figure(head)), head.label))
    return rows


def _columns(question: Asked, tallies: Sequence[Tally], over: Mapping[Any, Tally]) -> list[Head]:
    if not question.split:
        return [Head(None, str(question.measure.label))]
    columns = _heads(tallies, 1)
    if question.split not in STARTS:
        columns.sort(key=lambda head: (-_weight(over[head.key]), head.label))
    return columns


def _periods(kind: str, start: date, end: date) -> list[Head]:
    fiscal = current_company().fiscal_year_start
    return [Head(day, label_of(kind, day)) for day in starts_between(kind, start, end, fiscal)]


def _heads(tallies: Sequence[Tally], place: int) -> list[Head]:
    labels = {tally.keys[place]: tally.labels[place] for tally in tallies}
    return [Head(key, label or str(gettext("None"))) for key, label in labels.items()]


def _sums(tallies: Iterable[Tally], place: int, nothing: Tally) -> dict[Any, Tally]:
    made: dict[Any, Tally] = {}
    for tally in tallies:
        key = tally.keys[place]
        made[key] = made.get(key, nothing) + tally
    return made


def _sum(tallies: Iterable[Tally], nothing: Tally) -> Tally:
    return sum(tallies, start=nothing)


def _weight(tally: Tally) -> Decimal:
    return tally.value or Decimal(0)


def _sorted(
    question: Asked,
    rows: list[Head],
    columns: Sequence[Head],
    of_row: Callable[[Head], Tally],
    cell: Callable[[Head, Head], Tally],
) -> list[Head]:
    """As the reader wants it; what has no figure comes last."""
    name, is_falling = question.sort.removeprefix("-"), question.sort.startswith("-")
    if name == LABEL:
        return sorted(rows, key=lambda head: head.label.casefold(), reverse=is_falling)
    column = next((head for head in columns if column_name(head) == name), None)
    if name != FIGURE and column is None:
        return rows

    def order(head: Head) -> tuple[bool, Decimal]:
        value = (of_row(head) if column is None else cell(head, column)).value
        if value is None:
            return True, Decimal(0)
        return False, -value if is_falling else value

    return sorted(rows, key=order)


def column_name(head: Head) -> str:
    """What ``sort`` calls a column."""
    return f"column.{head.key}"
