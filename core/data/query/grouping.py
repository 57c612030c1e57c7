"""Rows of a list by what they share: heads with counts and sums, and the first rows of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from core.data.fields import FieldMeta, all_fields, column_of
from core.data.query.asking import Query
from core.data.query.filters import unknown
from core.data.query.labels import Label, label_of, title_text
from core.data.query.reading import first_pages, is_one_of
from core.data.query.shape import Row
from core.data.query.sums import Sums, summing
from core.host import services
from core.measures.periods import WeekStart
from core.tenancy.days import local_day
from plugin_api.context import current_company, gettext
from plugin_api.models import Base
from plugin_api.periods import month_start

GRAINS = ("day", "week", "month", "quarter", "year")
OFFERED = ("month", "quarter")
"""Periods that a list's menu offers; an address may ask for the others too."""
PLACE = "place_of_group"
KINDS = frozenset({"choice", "reference", "boolean"})
MONTHS: Mapping[str, int] = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class By:
    """What rows are grouped by: a field; of a date or instant the day, week, month, or the
    company's quarter or year, by the company's clock."""

    meta: FieldMeta
    grain: str = ""

    @property
    def name(self) -> str:
        """As in the argument: ``stage``, ``closed_on__month``."""
        return f"{self.meta.name}__{self.grain}" if self.grain else self.meta.name


@dataclass(frozen=True, slots=True)
class Head:
    """A group. ``value`` is as stored (a reference: its id; a period: its first day)."""

    value: Any
    label: str
    count: int = 0
    sums: dict[str, Sums] = field(default_factory=dict)


def groupable(model: type[Base], grains: Sequence[str] = GRAINS) -> tuple[str, ...]:
    """What ``group=`` may hold for a model."""
    made: list[str] = []
    for name, meta in all_fields(model).items():
        if meta.kind in ("date", "instant"):
            made += (f"{name}__{grain}" for grain in grains)
        elif meta.kind in KINDS:
            made.append(name)
    return tuple(made)


def read_by(model: type[Base], text: str) -> By:
    """What an argument groups by. Raises ValueError in words."""
    known = groupable(model)
    if text not in known:
        raise unknown(text, known)
    name, _, grain = text.partition("__")
    return By(all_fields(model)[name], grain)


def heads(query: Query, by: By, names: Sequence[str], most: int) -> tuple[list[Head], bool]:
    """The first ``most`` groups with their counts and sums, in one statement, and whether there
    are more. Choices stand in their order, references in that of their own list, empty last."""
    label = label_of(query.model, by.meta) if by.meta.target else None
    key = key_of(query.model, by)
    held = [key, *held_of(label)]
    order = [each.nulls_last() for each in (*_order(by, held), key)]
    summed = summing(query, names, held)
    statement = summed.statement.add_columns(sa.func.dense_rank().over(order_by=order).label(PLACE))
    if label is not None:
        statement = statement.outerjoin(label.entity, label.on)
    ranked = statement.subquery()
    place = ranked.c[PLACE]
    asked = sa.select(ranked).where(place <= most + 1).order_by(place)
    made: dict[Any, Head] = {}
    for row in services().session.execute(asked):
        if row[-1] > most:
            return list(made.values()), True
        value = value_of(by, row[0])
        if value not in made:
            made[value] = Head(value, _label(by, value, label, row[1]))
        number, sums = summed.read(row)
        head = made[value] = _added(made[value], number)
        for name, (currency, amount) in sums.items():
            found = head.sums.setdefault(name, {})
            found[currency] = found.get(currency, 0) + amount
    return list(made.values()), False


def first_of(query: Query, by: By, values: Sequence[Any], n: int) -> Mapping[Any, list[Row]]:
    """The first ``n`` rows of each of the groups, in one statement."""
    key = key_of(query.model, by)
    stored = [_stored(by, value) for value in values]
    found = first_pages(query, key, is_one_of(key, stored), n)
    return {value_of(by, held): page.rows for held, page in found.items()}


def arguments_of(by: By, value: Any) -> Iterator[tuple[str, str]]:
    """The filter that asks for one group."""
    name = by.meta.name
    if value is None:
        yield f"{name}__isnull", "true"
    elif isinstance(value, date):
        yield f"{name}__gte", value.isoformat()
        yield f"{name}__lte", last_day(by, value).isoformat()
    elif isinstance(value, bool):
        yield name, "true" if value else "false"
    else:
        yield name, str(value)


def last_day(by: By, start: date) -> date:
    """Of the period that starts on a day."""
    if by.grain not in MONTHS:
        return start + timedelta(days=6 if by.grain == "week" else 0)
    return month_start(start, MONTHS[by.grain]) - timedelta(days=1)


def key_of(model: type[Base], by: By) -> sa.ColumnElement[Any]:
    """What is grouped by: the column; the day, the week's first day; for longer periods the
    number of their first month since the year 0."""
    column = column_of(model, by.meta)
    if not by.grain:
        return column
    company = current_company()
    if by.meta.kind == "instant":
        column = local_day(column, company.timezone)
    if by.grain not in MONTHS:
        return WeekStart(column) if by.grain == "week" else column
    year, month = (sa.cast(sa.extract(part, column), sa.Integer) for part in ("year", "month"))
    number = year * _plain(12) + month - _plain(1)
    if by.grain == "month":
        return number
    into = (number + _plain(13 - company.fiscal_year_start)) % _plain(MONTHS[by.grain])
    return number - into


def _plain(number: int) -> sa.ColumnElement[int]:
    """A number as part of the text of a statement: PostgreSQL takes two expressions that differ
    in their parameters for two, and refuses to group by one what is selected by the other."""
    return sa.literal_column(str(number), sa.Integer)


def held_of(label: Label | None) -> list[sa.ColumnElement[Any]]:
    """What is read of a reference's target: its title, and what its own list is sorted by."""
    if label is None:
        return []
    order = services().registry.list_view(label.target.model_key()).order
    first = all_fields(label.target).get(order)
    if first is None or first.kind in ("reference", "choice") or order == label.target.__title__:
        return [label.column, label.order]
    return [label.column, label.order, column_of(label.entity, first)]


def _order(by: By, held: Sequence[sa.ColumnElement[Any]]) -> Sequence[sa.ColumnElement[Any]]:
    if by.meta.kind == "choice":
        whens = [(held[0] == choice.value, i) for i, choice in enumerate(by.meta.choices)]
        if not whens:
            return [held[0]]  # a company whose plugins give no value to choose
        return [sa.case(*whens, else_=sa.case((held[0].is_not(None), len(whens))))]
    return held[:0:-1]


def value_of(by: By, held: Any) -> Any:
    """A key as it is known outside: of a period its first day."""
    if held is None or by.grain not in MONTHS:
        return held
    return date(int(held) // 12, int(held) % 12 + 1, 1)


def _stored(by: By, value: Any) -> Any:
    if value is None or by.grain not in MONTHS:
        return value
    return value.year * 12 + value.month - 1


def _label(by: By, value: Any, label: Label | None, title: Any) -> str:
    """What names a group, without the words of choices, booleans and dates."""
    if value is None:
        return str(gettext("Empty"))
    if label is not None:
        return title_text(label.target, title, value)
    return f"#{value}" if by.meta.kind == "reference" else str(value)


def _added(head: Head, number: int) -> Head:
    return Head(head.value, head.label, head.count + number, head.sums)
