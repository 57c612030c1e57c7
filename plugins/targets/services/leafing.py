"""A long ladder of rows in pages, each of which says to whom its first rows belong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plugins.targets.services.attainment import Row

MOST = 200
"""Rows of a page."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """Some rows of a ladder: ``above`` are those that the first of ``rows`` is below of, ``start``
    counts the rows before it."""

    above: Sequence[Row]
    rows: Sequence[Row]
    start: int
    total: int

    @property
    def end(self) -> int:
        """How many rows there are up to the last one shown."""
        return self.start + len(self.rows)

    @property
    def after(self) -> int | None:
        """Where the next page begins."""
        return self.end if self.end < self.total else None

    @property
    def before(self) -> int | None:
        """Where the page before begins."""
        return max(0, self.start - MOST) if self.start else None


def leaf(rows: Sequence[Row], start: int) -> Leaf:
    """The page that begins with a row; the last one where there is none so far down."""
    last = max(0, (len(rows) - 1) // MOST * MOST)
    start = min(max(0, start), last)
    shown = rows[start : start + MOST]
    above: list[Row] = []
    depth = shown[0].depth if shown else 0
    for row in reversed(rows[:start]):
        if row.depth < depth:
            above.append(row)
            depth = row.depth
    return Leaf(above[::-1], shown, start, len(rows))
