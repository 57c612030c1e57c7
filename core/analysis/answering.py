"""The figures of a question, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.analysis.asking import Asked
from core.host import services
from core.measures.periods import STARTS
from plugin_api.context import gettext
from plugin_api.host import Point

MOST_SERIES = 12
"""Columns; more than that cannot be told apart in a picture."""
MOST_ROWS = 400


@dataclass(frozen=True, slots=True)
class Head:
    """A row or column: its key and what it is called."""

    key: Any
    label: str


@dataclass(frozen=True, slots=True)
class Answer:
    """``cells[row][column]``; None where there is nothing to divide by, 0 where nothing was.

    ``left_out`` counts the columns beyond those that are shown.
    """

    rows: tuple[Head, ...]
    columns: tuple[Head, ...]
    cells: tuple[tuple[Decimal | None, ...], ...]
    total: Decimal | None
    left_out: int = 0
    cut: bool = False


def answer(question: Asked) -> Answer:
    """Ask, in one statement for the table and one for the total."""
    engine = services().measures
    key, start, end = question.measure.key, question.start, question.end
    if question.is_snapshot:
        start = end = None
    if question.keys == (question.by,) and question.by in STARTS and start and end:
        points: Sequence[Point] = engine.series(key, start, end, question.by, question.filters)
    else:
        points = engine.table(key, start, end, question.keys, question.filters)
    total = engine.value(key, start, end, question.filters)
    return _table(question, points, total)


def _table(question: Asked, points: Sequence[Point], total: Decimal | None) -> Answer:
    rows = _heads(points, 0)
    columns = _heads(points, 1) if question.split else [Head(None, str(question.measure.label))]
    if question.by not in STARTS:
        weight: dict[Any, Decimal] = {}
        for point in points:
            weight[point.keys[0]] = weight.get(point.keys[0], Decimal(0)) + (point.value or 0)
        rows.sort(key=lambda head: (-weight[head.key], head.label))
    if question.split and question.split not in STARTS:
        weight = {}
        for point in points:
            weight[point.keys[1]] = weight.get(point.keys[1], Decimal(0)) + (point.value or 0)
        columns.sort(key=lambda head: (-weight[head.key], head.label))
    found = {point.keys: point.value for point in points}
    left_out, columns = max(0, len(columns) - MOST_SERIES), columns[:MOST_SERIES]
    cut, rows = len(rows) > MOST_ROWS, rows[:MOST_ROWS]
    nothing = Decimal(0) if len(question.parts) == 1 else None
    cells = tuple(
        tuple(
            found.get((row.key, column.key) if question.split else (row.key,), nothing)
            for column in columns
        )
        for row in rows
    )
    return Answer(tuple(rows), tuple(columns), cells, total, left_out, cut)


def _heads(points: Sequence[Point], place: int) -> list[Head]:
    labels = {point.keys[place]: point.labels[place] for point in points}
    return [Head(key, label or str(gettext("None"))) for key, label in labels.items()]
