"""What the first rows of a file tell of how it writes numbers and dates, where nobody has said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from core.data.fields import NUMERIC
from core.data.importing import numerals
from core.data.importing.plan import Part, Plan
from core.data.importing.source import Source
from plugin_api.context import gettext

SAMPLE = 2000


def told(plan: Plan, source: Source) -> Plan:
    """The plan with what the file tells: its decimal sign, what titles say that amounts count."""
    rows = [row.cells for row in islice(source.rows(), SAMPLE)]

    def texts(*kinds: str) -> Iterator[str]:
        for part in plan.parts:
            if part.meta.kind in kinds and part.index is not None:
                yield from (c for cells in rows if isinstance(c := cells[part.index], str) and c)

    options = plan.options
    if not options.decimal:
        options = replace(options, decimal=numerals.sign_of(texts(*NUMERIC)))  # type: ignore[arg-type]
    above = numerals.unit_above(source.titles)
    parts = tuple(_counting(part, above) for part in plan.parts)
    return replace(plan, options=options, parts=parts)


def details(asked: Plan, plan: Plan) -> dict[str, str]:
    """Words for what was told."""
    found = {}
    if plan.options.decimal == "," and not asked.options.decimal:
        found["decimal"] = str(gettext("decimal comma"))
    for part in plan.parts:
        if part.index is not None and part.scale is None and part.unit[0] != 1:
            found[part.column] = str(
                gettext("“%(column)s” × %(factor)s", column=part.column, factor=part.unit[0])
            )
    return found


def _counting(part: Part, above: numerals.Unit) -> Part:
    if part.meta.kind != "money" or part.index is None or part.unit != numerals.NO_UNIT:
        return part
    return replace(part, unit=above, above=True)
