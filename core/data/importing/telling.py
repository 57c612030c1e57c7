"""What the first rows of a file tell of how it writes numbers and dates, where nobody has said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import islice

from core.data import numbers
from core.data.fields import NUMERIC
from core.data.importing import numerals, sequence
from core.data.importing.days import note_of
from core.data.importing.options import Options
from core.data.importing.parts import ID, Part, Plan
from core.data.importing.saying import as_text
from core.data.importing.source import Cell, Share, Source, Uncalculated
from plugin_api.context import gettext

SAMPLE = 2000
MOST_HIDDEN = 10
"""Fractions of one up to here may be shown as percentages where number formats are not read."""


def told(plan: Plan, source: Source) -> Plan:
    """The plan with what the file tells: its decimal sign, what titles say that amounts count,
    whether percentages may be fractions of one, and in which order days are written."""
    rows = [row.cells for row in islice(source.rows(), SAMPLE)]

    def texts(*kinds: str) -> Iterator[str]:
        for part in plan.parts:
            if part.meta.kind in kinds and part.index is not None:
                yield from (c for cells in rows if isinstance(c := cells[part.index], str) and c)

    options = plan.options
    if not options.decimal:
        options = replace(options, decimal=numerals.sign_of(texts(*NUMERIC)))  # type: ignore[arg-type]
    above = numerals.unit_above(source.titles)
    plan = replace(plan, options=options)
    written = {} if options.date_format else _sequences(plan, rows)
    most = MOST_HIDDEN if source.hides_percent else 1
    parts = (
        _told(part, plan, rows, above=above, written=written, most=most) for part in plan.parts
    )
    return replace(plan, parts=tuple(parts))


def _sequences(plan: Plan, rows: Sequence[Sequence[Cell]]) -> dict[int, str]:
    """Column → the order in which its days are written. Where it does not tell, others of the file
    do, if they agree."""
    found: dict[int, str] = {}
    left: dict[int, list[str]] = {}
    for part in plan.parts:
        if part.index is not None and part.meta.kind in ("date", "instant"):
            cells = [c for each in rows if isinstance(c := each[part.index], str)]
            texts = dict.fromkeys(text for text in cells if text and text not in part.values)
            found[part.index] = sequence.order_of(texts)
            left[part.index] = sequence.possible_in(texts)
    known = {order for order in found.values() if order in sequence.SEQUENCES}
    agreed = known.pop() if len(known) == 1 else ""
    return {
        at: agreed if order == sequence.UNCLEAR and agreed in left[at] else order
        for at, order in found.items()
    }


def _told(
    part: Part,
    plan: Plan,
    rows: Sequence[Sequence[Cell]],
    *,
    above: numerals.Unit,
    written: Mapping[int, str],
    most: int,
) -> Part:
    if part.index is None:
        return part
    cells = [each[part.index] for each in rows]
    part = replace(_counting(part, above), order=written.get(part.index, ""))
    if not _is_exported(part, plan):
        part = _shares(part, cells, plan.options, most)
    return _noted(part, cells)


def details(asked: Plan, plan: Plan) -> dict[str, str]:
    """Words for what was told."""
    found = {}
    if plan.options.decimal == "," and not asked.options.decimal:
        found["decimal"] = str(gettext("decimal comma"))
    for part in plan.parts:
        if part.note:
            found[part.column] = f"“{part.column}” {part.note}"
    return found


def _counting(part: Part, above: numerals.Unit) -> Part:
    if part.meta.kind != "money" or part.unit != numerals.NO_UNIT:
        return part
    return replace(part, unit=above, above=True)


def _is_exported(part: Part, plan: Plan) -> bool:
    """Whether the column looks like one of an export, which writes 45 for 45 %."""
    return ID in plan.columns and part.column == part.meta.name


def _shares(part: Part, cells: Sequence[Cell], options: Options, most: int) -> Part:
    """Whether percentages may be fractions of one, which nothing in the file says."""
    says = part.scale is not None or numerals.has_percent(part.column)
    if part.meta.kind != "percent" or says:
        return part
    found = (_number(cell, options) for cell in cells if as_text(cell) not in part.values)
    fractions = numerals.are_fractions((value for value in found if value is not None), most)
    return replace(part, fractions=fractions)


def _number(cell: Cell, options: Options) -> Decimal | None:
    """The number that a cell says; None for anything else, and for one with a sign of percent."""
    text = as_text(cell)
    if options.decimal == "," and isinstance(cell, str):
        text = numerals.swapped(text)
    try:
        return numbers.number(text)
    except ValueError:
        return None


def _noted(part: Part, cells: Sequence[Cell]) -> Part:
    """The part with words for what was told of its column."""
    note = ""
    if any(isinstance(cell, Uncalculated) for cell in cells):
        note = gettext("formulas that were never calculated")
    elif part.scale is None and part.unit[0] != 1:
        note = f"× {part.unit[0]:f}"
    elif part.meta.kind == "percent" and part.scale is None and _are_shown(cells):
        note = gettext("in percent, as the workbook shows it")
    elif part.meta.kind in ("integer", "decimal") and part.scale is None and _has_share(cells):
        note = gettext("%(share)s counts as %(number)s", share="45 %", number="0.45")
    elif part.order:
        note = note_of(part.order)
    elif part.fractions:
        note = gettext("may be fractions of one: × 100, or × 1?")
    return replace(part, note=str(note))


def _are_shown(cells: Sequence[Cell]) -> bool:
    """Whether a workbook shows any of them as a percentage."""
    return any(isinstance(cell, Share) for cell in cells)


def _has_share(cells: Sequence[Cell]) -> bool:
    return any(
        isinstance(cell, Share) or (isinstance(cell, str) and numerals.has_percent(cell))
        for cell in cells
    )
