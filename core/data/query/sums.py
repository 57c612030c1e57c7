"""Counts and sums of a question, whole or by group. Different currencies are never added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from core.data.fields import NUMERIC, FieldMeta, all_fields, column_of, fields_of
from core.data.query.asking import Query
from core.data.query.reading import is_one_of
from core.host import services
from plugin_api.context import current_company
from plugin_api.models import ScaledDecimal

Sum = int | Decimal
Sums = dict[str, Sum]
"""Currency → sum; ``""`` for the company's own and for what is no money."""


@dataclass(frozen=True, slots=True)
class Totals:
    """Of all records that a question is about, on whatever page."""

    count: int
    sums: Mapping[str, Sums]
    """Field → its sums; empty when no record has a value."""
    complete: bool = True
    """Whether the sums are of all that were counted."""


@dataclass(slots=True)
class Group:
    """The records that share a value."""

    count: int = 0
    sums: Sums = field(default_factory=dict)


def count(query: Query) -> int:
    """How many records the question is about."""
    statement = sa.select(sa.func.count()).select_from(query.model).where(*query.where)
    return int(services().session.scalar(statement) or 0)


def totals(query: Query, names: Sequence[str]) -> Totals:
    """The count and the sums of number and money fields, in one statement."""
    counted = 0
    sums: dict[str, Sums] = {name: {} for name in names}
    for _key, number, found in _summed(query, names):
        counted += number
        for name, (currency, value) in found.items():
            sums[name][currency] = sums[name].get(currency, 0) + value
    return Totals(counted, sums)


def bounded_totals(query: Query, names: Sequence[str], most: int) -> Totals:
    """The same, with sums only where there are at most so many records: counting goes by an
    index, summing reads every record. One statement."""
    if not names:
        return Totals(count(query), {})
    own = summing(query, names)
    codes, numbers = own.currencies, own.numbers
    rows = sa.select(*codes, *numbers).select_from(query.model).where(*query.where)
    first = rows.limit(most).subquery()
    columns = list(first.c)
    whole = sa.select(sa.func.count()).select_from(query.model).where(*query.where)
    statement = sa.select(
        sa.func.count(),
        *columns[: len(codes)],
        *(sa.func.sum(column) for column in columns[len(codes) :]),
        whole.scalar_subquery(),
    ).group_by(*columns[: len(codes)])
    answer = services().session.execute(statement).all()
    counted, everything = 0, answer[0][-1] if answer else 0
    sums: dict[str, Sums] = {name: {} for name in names}
    for row in answer:
        number, found = own.read(row[:-1])
        counted += number
        for name, (currency, value) in found.items():
            sums[name][currency] = sums[name].get(currency, 0) + value
    if everything > counted:
        return Totals(everything, {}, complete=False)
    return Totals(counted, sums)


def groups(
    query: Query, by: str, values: Sequence[Any] | None = None, total: str | None = None
) -> dict[Any, Group]:
    """Count, and sums of ``total``, of each of the values of ``by``, in one statement.

    Values are as stored (a reference: its id); None asks for all there are. Records without
    a value are always counted, under None; a group without records is left out.
    """
    names = () if total is None else (total,)
    made: dict[Any, Group] = {}
    for key, number, found in _summed(query, names, by, values):
        group = made.setdefault(key, Group())
        group.count += number
        for currency, value in found.values():
            group.sums[currency] = group.sums.get(currency, 0) + value
    return made


@dataclass(frozen=True, slots=True, eq=False)
class Summing:
    """A statement that counts and sums: one row a mix of the keys and of currencies."""

    statement: sa.Select[Any]
    keys: int
    """Columns that come first, before the count."""
    codes: tuple[str | None, ...]
    """Fields of currencies, whose columns follow the count."""
    summed: tuple[FieldMeta, ...]
    currencies: tuple[sa.ColumnElement[Any], ...]
    numbers: tuple[sa.ColumnElement[Any], ...]
    """What is summed, and the currencies it is in."""

    def read(self, row: Sequence[Any]) -> tuple[int, dict[str, tuple[str, Sum]]]:
        """The count of a row, and field → (currency, sum)."""
        number, *rest = row[self.keys :]
        named = dict(zip(self.codes, rest, strict=False))
        own = current_company().currency
        found = {}
        for meta, value in zip(self.summed, rest[len(self.codes) :], strict=False):
            if value is not None:
                # An amount that names no currency is in the company's.
                code = (named[meta.currency_field] or own) if meta.currency_field in named else ""
                found[meta.name] = (code, _exact(meta, value))
        return number, found


def summing(
    query: Query, names: Sequence[str], keys: Sequence[sa.ColumnElement[Any]] = ()
) -> Summing:
    """How the records of a question are counted, and fields of them summed, by keys."""
    model, metas = query.model, fields_of(query.model)
    summed = tuple(_number(metas, name) for name in names)
    codes = tuple(
        dict.fromkeys(meta.currency_field for meta in summed if meta.currency_field in metas)
    )
    currencies = tuple(column_of(model, metas[code or ""]) for code in codes)
    numbers = tuple(column_of(model, meta) for meta in summed)
    statement = (
        sa.select(
            *keys,
            sa.func.count(),
            *currencies,
            *(sa.func.sum(number) for number in numbers),
        )
        .select_from(model)
        .where(*query.where)
        .group_by(*keys, *currencies)
    )
    return Summing(statement, len(keys), codes, summed, currencies, numbers)


def _summed(
    query: Query, names: Sequence[str], by: str | None = None, values: Sequence[Any] | None = None
) -> Iterator[tuple[Any, int, dict[str, tuple[str, Sum]]]]:
    """Rows of (group, count, {field: (currency, sum)}): one a group and mix of currencies."""
    keys = [column_of(query.model, all_fields(query.model)[by])] if by else []
    made = summing(query, names, keys)
    statement = made.statement
    if values is not None:
        statement = statement.where(*(is_one_of(key, [*values, None]) for key in keys))
    for row in services().session.execute(statement):
        yield (row[0] if by else None, *made.read(row))


def _number(metas: Mapping[str, FieldMeta], name: str) -> FieldMeta:
    meta = metas[name]
    if meta.kind not in NUMERIC:
        raise ValueError(f"{name} is no number to sum")
    return meta


def _exact(meta: FieldMeta, value: Any) -> Sum:
    """PostgreSQL answers the sum of integers as a decimal."""
    return Decimal(value) if isinstance(meta.type, ScaledDecimal) else int(value)
