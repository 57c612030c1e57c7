"""What became of rows, written down beside the file while a job imports it.

What is in the database does not tell which rows were refused, or wait for others of their kind;
who goes on after a worker that was killed has to know. The file is only ever added to, and what
lies beyond the length that the database names was never committed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core.data.importing.errors import RowError


@dataclass(slots=True)
class Fate:
    """What became of a row that is no record yet. ``folded``: its key counts as seen."""

    waits: bool = False
    folded: bool = False
    problems: list[RowError] = field(default_factory=list)


class Journal:
    """The file, opened at the length that is known to be true."""

    def __init__(self, path: Path, length: int) -> None:
        self._file = path.open("r+b" if path.exists() else "w+b")
        self._file.truncate(length)
        self.known: dict[int, Fate] = {}
        for line in self._file:
            self._read(json.loads(line))
        self._file.seek(0, os.SEEK_END)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def refused(self, line: int, problems: Iterable[RowError], *, folded: bool) -> None:
        """A row does not go in."""
        said = [[each.reason, each.field, each.column, each.value] for each in problems]
        self._write([line, "refused", folded, said])

    def waits(self, line: int) -> None:
        """A row waits for another of its kind."""
        self._write([line, "waits"])

    def taken(self, lines: Sequence[int]) -> None:
        """Rows that waited are written, unless something else is said of them after this."""
        for line in lines:
            self._write([line, "taken"])

    def length(self) -> int:
        """How long the file is, once all of it is on the disk."""
        self._file.flush()
        os.fsync(self._file.fileno())
        return self._file.tell()

    def _write(self, said: list[Any]) -> None:
        self._file.write(json.dumps(said, ensure_ascii=False).encode() + b"\n")

    def _read(self, said: list[Any]) -> None:
        line, what, *rest = said
        if what == "waits":
            self.known[line] = Fate(waits=True, folded=True)
        elif what == "refused":
            problems = [RowError(*each) for each in rest[1]]
            self.known[line] = Fate(folded=rest[0], problems=problems)
        else:
            self.known.pop(line, None)
