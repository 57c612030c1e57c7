"""A pivot as a table: rows, columns, subtotals, and the way from each cell to its records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from core.data.query import By, Cells, Figure, grouping
from core.data.query.pivoting import Tally, Value
from core.views import cells as values_of
from core.views.groups import label_of
from core.views.narrowing import records_url
from core.views.urls import Arguments
from core.web import formats
from plugin_api.context import current_company, gettext
from plugin_api.models import CompanyModel

MOST_ROWS, MOST_COLUMNS = 200, 24
"""Of the first key of each side and of what it is divided by; the rest is counted in totals."""

Path = tuple[Any, ...]
"""Values of the keys of one side, from the first; shorter for a subtotal, empty for the total."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A row or column."""

    path: Path
    labels: tuple[str, ...]
    is_total: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class MatrixCell:
    """``lines`` one a currency; ``numbers`` the same as (currency, figure)."""

    lines: tuple[str, ...] = ()
    numbers: tuple[tuple[str, Decimal], ...] = ()
    href: str = ""
    is_total: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Matrix:
    """``cells[row][column]``. ``left_rows`` and ``left_columns`` are not shown."""

    corners: tuple[str, ...]
    """What the rows are grouped by."""
    rows: tuple[Entry, ...]
    columns: tuple[Entry, ...]
    cells: tuple[tuple[MatrixCell, ...], ...]
    currencies: tuple[str, ...]
    left_rows: int = 0
    left_columns: int = 0

    @property
    def has_groups(self) -> bool:
        """Whether columns stand in groups, so that there are two lines of heads."""
        return any(len(entry.path) > 1 for entry in self.columns)

    def groups(self) -> list[tuple[str, int, bool]]:
        """Label and width of each group of columns, and whether it is one column by itself."""
        return [
            (entry.labels[0], width, not entry.path)
            for place, entry in enumerate(self.columns)
            if (width := _width(self.columns, place))
        ]

    def height(self, place: int) -> int:
        """How many rows the group has that starts with this one; 0 where none starts."""
        return _width(self.rows, place)


class Builder:
    """Makes the table of an answer whose first ``down`` keys go down and the others across."""

    def __init__(
        self, model: type[CompanyModel], arguments: Arguments, found: Cells, down: int
    ) -> None:
        self._model, self._arguments, self._found, self._down = model, arguments, found, down
        self._sums: dict[tuple[Path, Path], Tally] = {}
        for key, tally in found.cells.items():
            for rows in _prefixes(key[:down]):
                for columns in _prefixes(key[down:]):
                    self._sums.setdefault((rows, columns), Tally()).add(tally)
        codes = {code for tally in self._sums.values() for code in tally.parts if code}
        own = current_company().currency
        self.currencies = tuple(sorted(codes, key=lambda code: (code != own, code)))

    @property
    def count(self) -> int:
        """Records behind all cells."""
        total = self._sums.get(((), ()))
        return total.count if total is not None else 0

    def matrix(
        self, corners: Sequence[str], rows: int = MOST_ROWS, columns: int = MOST_COLUMNS
    ) -> Matrix:
        """The table, with the first rows and columns of each group."""
        down, left_rows = self._entries(range(self._down), rows)
        over, left_columns = self._entries(range(self._down, len(self._found.keys)), columns)
        made = tuple(tuple(self._cell(row, column) for column in over) for row in down)
        return Matrix(
            corners=tuple(corners),
            rows=tuple(down),
            columns=tuple(over),
            cells=made,
            currencies=self.currencies,
            left_rows=left_rows,
            left_columns=left_columns,
        )

    def _entries(self, places: range, most: int) -> tuple[list[Entry], int]:
        made: list[Entry] = []
        left = 0
        keys = self._found.keys[places.start : places.stop]
        total = Entry(path=(), labels=(str(gettext("Total")),), is_total=True)
        if not keys:
            return [total], 0
        firsts, more = self._values(places, (), most)
        left += more
        for value in firsts:
            label = label_of(keys[0], value)
            if len(keys) == 1:
                made.append(Entry(path=(value.value,), labels=(label,)))
                continue
            seconds, more = self._values(places, (value.value,), most)
            left += more
            made += (
                Entry(path=(value.value, each.value), labels=(label, label_of(keys[1], each)))
                for each in seconds
            )
            if len(seconds) > 1 or more:
                labels = (label, str(gettext("Total")))
                made.append(Entry(path=(value.value,), labels=labels, is_total=True))
        return [*made, total], left

    def _values(self, places: range, path: Path, most: int) -> tuple[list[Value], int]:
        """Values of the key that comes after a path and have records there, in their order:
        their own, or the largest first."""
        place = places.start + len(path)
        is_row = places.start == 0
        found = []
        for value in self._found.values[place]:
            here = (*path, value.value)
            tally = self._sums.get((here, ()) if is_row else ((), here))
            if tally is not None:
                found.append((value, tally))
        if found and all(value.place is None or value.value is None for value, _ in found):
            found.sort(key=lambda pair: (pair[0].value is None, -self._weight(pair[1])))
        return [value for value, _ in found[:most]], max(0, len(found) - most)

    def _weight(self, tally: Tally) -> Decimal:
        values = tally.values(self._found.figure)
        main = self.currencies[0] if self.currencies else ""
        return values.get(main, Decimal(0))

    def _cell(self, row: Entry, column: Entry) -> MatrixCell:
        tally = self._sums.get((row.path, column.path))
        is_total = row.is_total or column.is_total
        if tally is None:
            return MatrixCell(is_total=is_total)
        keys = self._found.keys
        groups = [
            *zip(keys[: self._down], row.path, strict=False),
            *zip(keys[self._down :], column.path, strict=False),
        ]
        figures = tally.values(self._found.figure)
        shown = {} if column.path and not tally.count else figures
        return MatrixCell(
            lines=tuple(words(self._found.figure, value, code) for code, value in shown.items()),
            numbers=tuple(figures.items()),
            href=records_url(self._model, self._arguments, groups) if tally.count else "",
            is_total=is_total,
        )


def _width(entries: Sequence[Entry], place: int) -> int:
    first = entries[place].path[:1]
    if place and entries[place - 1].path[:1] == first:
        return 0
    return sum(entry.path[:1] == first for entry in entries)


def words(figure: Figure, value: Decimal, code: str) -> str:
    """A figure in the reader's language."""
    if figure.meta is None:
        return formats.number(value)
    if figure.meta.kind == "money":
        return formats.money(int(value), code or current_company().currency)
    return values_of.words(figure.meta, value, "")


def with_gaps_filled(found: Cells, most: int = MOST_ROWS) -> Cells:
    """The same with the periods of the first key in which nothing is, between those that are."""
    by = found.keys[0]
    known: Mapping[Any, Value] = {value.value: value for value in found.values[0]}
    starts = sorted(start for start in known if start is not None)
    if not by.grain or not starts:
        return found
    filled = [known.get(start) or Value(start, "", start) for start in _starts(by, starts, most)]
    if len(filled) > most:
        return found
    empty = [value for value in found.values[0] if value.value is None]
    others = [values[0].value for values in found.values[1:]]
    gaps = [value for value in filled if value.value not in known]
    cells = {(value.value, *others): Tally() for value in gaps} | dict(found.cells)
    return Cells(found.figure, found.keys, ((*filled, *empty), *found.values[1:]), cells)


def _starts(by: By, starts: Sequence[Any], most: int) -> Iterator[Any]:
    at = starts[0]
    for _ in range(most + 1):
        if at > starts[-1]:
            return
        yield at
        at = grouping.last_day(by, at) + timedelta(days=1)


def _prefixes(path: Path) -> Iterator[Path]:
    return (path[:length] for length in range(len(path) + 1))
