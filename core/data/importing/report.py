"""What an import has done, or would do."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path
from typing import Any, Literal

from core.data.escaping import escape, unescape
from core.data.importing.errors import RowError
from core.data.importing.numerals import with_unit
from core.data.importing.parts import Plan
from core.data.importing.saying import as_text, is_number
from core.data.importing.source import ERROR_COLUMN, SourceRow

Outcome = Literal["done", "failed", "dry run"]
MOST_LISTED = 1000
"""Errors that a report lists; it counts all, and the file of bad rows holds all."""


@dataclass(frozen=True, slots=True)
class BadCell:
    """A row that did not go in, and why. Empty field and column: the row as a whole."""

    line: int
    field: str
    column: str
    value: str
    reason: str


@dataclass(kw_only=True)
class Report:
    """Counts are of rows: ``rows`` is the sum of the five others.

    ``skipped`` are those that the map leaves out, and those that say again what an earlier
    one said. When nothing went in, ``created``, ``updated`` and ``unchanged`` are what would
    have become of the good rows.
    """

    collection: str
    file: str
    outcome: Outcome = "done"
    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    errors: int = 0
    row_errors: list[BadCell] = field(default_factory=list)
    columns: Mapping[str, str] = field(default_factory=dict)
    """Field → the column that filled it."""
    unmatched: Sequence[str] = ()
    """Columns that nothing was done with."""
    details: Mapping[str, str] = field(default_factory=dict)
    """What was found out about the file."""
    run: int | None = None
    """Number of the import, by which it can be taken back."""
    seconds: float = 0.0

    @property
    def went_in(self) -> bool:
        """Whether anything was stored."""
        return self.outcome == "done"

    def as_dict(self) -> dict[str, Any]:
        """For machines."""
        return {
            # A column may be called as a count is.
            **self.details,
            "collection": self.collection,
            "file": self.file,
            "outcome": self.outcome,
            "rows": self.rows,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "skipped": self.skipped,
            "errors": self.errors,
            "run": self.run,
            "columns": dict(self.columns),
            "unmatched": list(self.unmatched),
            "seconds": round(self.seconds, 2),
            "row_errors": [bad_cell(each) for each in self.row_errors],
        }

    def add_errors(self, row: SourceRow, problems: Sequence[RowError]) -> None:
        """Count a bad row and list what is wrong with it."""
        self.errors += 1
        self.list_errors(row, problems)

    def list_errors(self, row: SourceRow, problems: Sequence[RowError]) -> None:
        """List what is wrong with a row that is counted already."""
        for found in problems[: MOST_LISTED - len(self.row_errors)]:
            self.row_errors.append(
                BadCell(row.line, found.field, found.column, found.value, found.reason)
            )


def bad_cell(cell: BadCell) -> dict[str, Any]:
    """An error for machines."""
    return {
        "line": cell.line,
        "field": cell.field,
        "column": cell.column,
        "value": cell.value,
        "reason": cell.reason,
    }


class BadRows:
    """A CSV file of the rows that did not go in, to be corrected and imported with the same map.

    It is made with the first of them.
    """

    def __init__(self, path: Path | None, plan: Plan, delimiter: str) -> None:
        self._path = path
        self._plan = plan
        self._delimiter = delimiter or ","
        # Titles are not in this file.
        self._factors = {p.index: p.unit[0] for p in plan.parts if p.above and p.scale is None}
        self._file: TextIOWrapper | None = None

    def add(self, row: SourceRow, problems: Sequence[RowError]) -> None:
        """Write a row as it stands in the file, with the reasons in a column of its own."""
        if self._path is None:
            return
        if self._file is None:
            self._file = self._path.open("w", encoding="utf-8-sig", newline="")
            # So that the same map finds the header where it stood.
            self._file.write("\r\n" * self._plan.options.skip_rows)
            if self._plan.options.header:
                columns = [name for name in self._plan.columns if name != ERROR_COLUMN]
                self._writer().writerow([*columns, ERROR_COLUMN])
        reasons = "; ".join(
            f"{found.column or found.field}: {found.reason}"
            if found.column or found.field
            else found.reason
            for found in problems
        )
        cells = [
            self._text(index, row)
            for index, name in enumerate(self._plan.columns)
            if name != ERROR_COLUMN
        ]
        self._writer().writerow([*cells, escape(reasons)])

    def close(self) -> None:
        """Finish the file."""
        if self._file is not None:
            self._file.close()

    def _writer(self) -> Any:
        return csv.writer(self._file, delimiter=self._delimiter)  # type: ignore[arg-type]

    def _text(self, index: int, row: SourceRow) -> str:
        text = self._text_of(index, row)
        return with_unit(text, self._factors[index]) if index in self._factors else text

    def _text_of(self, index: int, row: SourceRow) -> str:
        cell = row.cells[index]
        if isinstance(cell, str):
            # Unreadable bytes cannot be written either.
            text = cell.encode("utf-8", "replace").decode("utf-8")
            return escape(unescape(text.strip()))
        options = self._plan.options
        as_number = index in self._plan.numbers
        form = "" if as_number else options.date_format
        text = as_text(cell, as_number=as_number, form=form)
        return text.replace(".", ",") if options.decimal == "," and is_number(cell) else text
