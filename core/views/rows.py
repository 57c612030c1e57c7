"""Records in a table: heads, cells, sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from core.data.fields import FieldMeta
from core.data.query.sums import Sums
from core.views import cells, columns
from core.views.columns import Shown
from core.views.page import Cell, Column, Row
from core.views.urls import record_url
from plugin_api.context import current_company
from plugin_api.models import Base


def row_of(
    model: type[Base],
    shown: Sequence[Shown],
    values: Mapping[str, Any],
    extras: Mapping[str, Mapping[int, Cell]],
) -> Row:
    """A record in a table. The first cell links to it, in place of a reference of its own."""
    return _linked(model, values, [columns.cell_of(column, values, extras) for column in shown])


def heads(names: Sequence[str], metas: Mapping[str, FieldMeta]) -> tuple[Column, ...]:
    """Heads of a table of declared fields that nobody sorts."""
    return columns.heads([Shown(name, str(metas[name].label), meta=metas[name]) for name in names])


def row(
    model: type[Base],
    names: Sequence[str],
    metas: Mapping[str, FieldMeta],
    values: Mapping[str, Any],
) -> Row:
    """The same of declared fields."""
    return _linked(model, values, [cells.cell(metas[name], values) for name in names])


def _linked(model: type[Base], values: Mapping[str, Any], made: list[Cell]) -> Row:
    href = record_url(model, values["id"])
    if made:
        first = made[0]
        made[0] = Cell(text=first.text or f"#{values['id']}", kind=first.kind, href=href)
    return Row(id=values["id"], version=values["version"], cells=tuple(made))


def totals(shown: Sequence[Shown], sums: Mapping[str, Sums]) -> tuple[tuple[str, ...], ...]:
    """Sums under their columns, a line a currency: different currencies are never added."""
    if not any(column.name in sums for column in shown):
        return ()
    own = current_company().currency
    return tuple(
        tuple(
            cells.words(column.meta, value, currency or own)
            for currency, value in sorted(sums[column.name].items())
        )
        if column.meta is not None and column.name in sums
        else ()
        for column in shown
    )
