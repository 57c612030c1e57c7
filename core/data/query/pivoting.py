"""What records come to by several keys at once: counts, sums, averages, least and most.

One statement answers for all cells; subtotals are added up from it. Different currencies are
never added.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal, cast

import sqlalchemy as sa

from core.data.fields import NUMERIC, FieldMeta, all_fields, column_of, fields_of
from core.data.query.asking import Query
from core.data.query.filters import unknown
from core.data.query.grouping import By, held_of, key_of, value_of
from core.data.query.labels import Label, label_of, title_text
from core.host import services
from plugin_api.context import current_company, gettext
from plugin_api.models import Base
from plugin_api.money import round_half_up

Aggregate = Literal["count", "sum", "avg", "min", "max"]
MOST = 20_000
"""Cells of one answer."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What stands in a cell: the number of records, or an aggregate of one of their numbers."""

    aggregate: Aggregate = "count"
    meta: FieldMeta | None = None

    @property
    def name(self) -> str:
        """As in the argument: ``count``, ``amount__sum``."""
        return f"{self.meta.name}__{self.aggregate}" if self.meta else "count"


COUNT = Figure()


@dataclass(slots=True)
class _Part:
    """Of the values of one currency."""

    number: int = 0
    total: Decimal = Decimal(0)
    low: Decimal | None = None
    high: Decimal | None = None

    def add(self, other: _Part) -> None:
        self.number += other.number
        self.total += other.total
        lows = [each for each in (self.low, other.low) if each is not None]
        highs = [each for each in (self.high, other.high) if each is not None]
        self.low, self.high = min(lows, default=None), max(highs, default=None)


@dataclass(slots=True)
class Tally:
    """What some records come to; may be added to another."""

    count: int = 0
    parts: dict[str, _Part] = field(default_factory=dict)
    """Currency → of its values; ``""`` for what is no money."""

    def add(self, other: Tally) -> None:
        """Take the records of another in."""
        self.count += other.count
        for code, part in other.parts.items():
            self.parts.setdefault(code, _Part()).add(part)

    def values(self, figure: Figure) -> dict[str, Decimal]:
        """Currency → figure; empty when no record has a value."""
        if figure.meta is None:
            return {"": Decimal(self.count)}
        found = {code: _read(figure, part) for code, part in sorted(self.parts.items())}
        return {code: value for code, value in found.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a key. ``place`` is its rank among the others where it has one."""

    value: Any
    label: str
    place: Any = None


@dataclass(frozen=True, slots=True)
class Cells:
    """``cells`` by the values of all keys; ``values`` of each key, empty last."""

    figure: Figure
    keys: tuple[By, ...]
    values: tuple[tuple[Value, ...], ...]
    cells: Mapping[tuple[Any, ...], Tally]


def figures_of(model: type[Base]) -> list[Figure]:
    """What may stand in a cell. Percentages are not added up: a sum of them says nothing."""
    made = [COUNT]
    for meta in fields_of(model).values():
        if meta.kind in NUMERIC:
            kinds = (
                ("sum", "avg", "min", "max") if meta.kind != "percent" else ("avg", "min", "max")
            )
            made += (Figure(cast(Aggregate, kind), meta) for kind in kinds)
    return made


def read_figure(model: type[Base], text: str) -> Figure:
    """The figure that an argument names. Raises ValueError in words."""
    known = {figure.name: figure for figure in figures_of(model)}
    if text not in known:
        raise unknown(text, known)
    return known[text]


def pivot(query: Query, keys: Sequence[By], figure: Figure) -> Cells:
    """The figure by all keys, in one statement. Raises ValueError for more than :data:`MOST`
    cells."""
    labels = [label_of(query.model, by.meta) if by.meta.target else None for by in keys]
    statement, places = _statement(query, keys, labels, figure)
    rows = services().session.execute(statement.limit(MOST + 1)).all()
    if len(rows) > MOST:
        raise ValueError(
            gettext(
                "This makes more than %(most)s cells. Narrow the list, or group by something"
                " coarser.",
                most=MOST,
            )
        )
    known: list[dict[Any, Value]] = [{} for _ in keys]
    cells: dict[tuple[Any, ...], Tally] = {}
    own = current_company().currency
    for row in rows:
        at = []
        for i, (by, label, (start, width)) in enumerate(zip(keys, labels, places, strict=True)):
            value = value_of(by, row[start])
            if value not in known[i]:
                known[i][value] = _value(by, label, value, row[start + 1 : start + width])
            at.append(value)
        cells.setdefault(tuple(at), Tally()).add(_tally(row, figure, own))
    return Cells(figure, tuple(keys), tuple(_sorted(each.values()) for each in known), cells)


def _statement(
    query: Query, keys: Sequence[By], labels: Sequence[Label | None], figure: Figure
) -> tuple[sa.Select[Any], list[tuple[int, int]]]:
    """Keys with what names and ranks them, the count, and currency, count, sum, least and most
    of the number. Grouped by columns of a subquery, so that no expression is said twice."""
    inner: list[sa.ColumnElement[Any]] = []
    places: list[tuple[int, int]] = []
    for by, label in zip(keys, labels, strict=True):
        held = [key_of(query.model, by), *held_of(label)]
        start = len(inner)
        places.append((start, len(held)))
        inner += [each.label(f"k{place}") for place, each in enumerate(held, start)]
    grouped = len(inner)
    if figure.meta is not None:
        metas = all_fields(query.model)
        code = metas.get(figure.meta.currency_field or "")
        named = column_of(query.model, code) if code else sa.literal("")
        inner += [named.label("code"), column_of(query.model, figure.meta).label("number")]
    else:
        inner.append(sa.literal_column("1").label("one"))
    found = sa.select(*inner).select_from(query.model).where(*query.where)
    for label in dict.fromkeys(label for label in labels if label is not None):
        found = found.outerjoin(label.entity, label.on)
    rows = found.subquery()
    by_columns = [rows.c[i] for i in range(grouped)]
    if figure.meta is None:
        return sa.select(*by_columns, sa.func.count()).group_by(*by_columns), places
    number, code_column = rows.c.number, rows.c.code
    return (
        sa.select(
            *by_columns, sa.func.count(), code_column, sa.func.count(number),
            sa.func.sum(number), sa.func.min(number), sa.func.max(number),
        ).group_by(*by_columns, code_column),
        places,
    )  # fmt: skip


def _tally(row: Sequence[Any], figure: Figure, own: str) -> Tally:
    if figure.meta is None:
        return Tally(int(row[-1]))
    count, code, number, total, low, high = row[-6:]
    if not number:
        return Tally(int(count))
    # An amount that names no currency is in the company's.
    code = (code or own) if figure.meta.kind == "money" else ""
    part = _Part(int(number), Decimal(total), Decimal(low), Decimal(high))
    return Tally(int(count), {code: part})


def _read(figure: Figure, part: _Part) -> Decimal | None:
    if figure.aggregate == "sum":
        return part.total
    if figure.aggregate == "avg":
        mean = part.total / part.number
        if figure.meta is not None and figure.meta.kind == "money":
            return Decimal(round_half_up(mean))
        return round(mean, 2)
    return part.low if figure.aggregate == "min" else part.high


def _value(by: By, label: Label | None, value: Any, held: Sequence[Any]) -> Value:
    if value is None:
        return Value(None, str(gettext("Empty")))
    if label is not None:
        place = tuple((each is None, each) for each in reversed(held[1:]))
        return Value(value, title_text(label.target, held[0], value), place)
    choices = [choice.value for choice in by.meta.choices]
    if choices:
        return Value(value, str(value), choices.index(value) if value in choices else len(choices))
    if by.meta.kind == "boolean":
        return Value(bool(value), str(value), not value)
    return Value(value, f"#{value}" if by.meta.target else str(value), value if by.grain else None)


def _sorted(values: Iterable[Value]) -> tuple[Value, ...]:
    """By rank where there is one, else by name; what is empty last."""

    def key(each: Value) -> tuple[Any, ...]:
        ranked = each.place is not None
        return each.value is None, not ranked, each.place if ranked else 0, each.label

    return tuple(sorted(values, key=key))
