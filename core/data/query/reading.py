"""Rows of a question: a page of it, the first of each group, ids. Makes no ORM objects."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa

from core.access.rules import scope_criteria
from core.data.fields import SYSTEM, all_fields, column_of, every_field, fields_of
from core.data.query.asking import Query
from core.data.query.labels import Label, Ref, label_of, titles_of
from core.data.query.ordering import after, order_by, write_cursor
from core.data.query.picking import places_of
from core.host import services
from core.tenancy import prepared
from plugin_api.context import current_actor
from plugin_api.models import Base, CompanyModel

Row = dict[str, Any]
T = TypeVar("T")


class Same:
    """Something that is told from others by what it is, not by what it holds."""

    __slots__ = ("thing",)

    def __init__(self, thing: Any) -> None:
        self.thing = thing

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.thing is self.thing

    def __hash__(self) -> int:
        return id(self.thing)


@dataclass(frozen=True, slots=True)
class Page:
    """Rows by field name, and the cursor of the next page or None."""

    rows: list[Row]
    next: str | None


def run(query: Query) -> Page:
    """One page, in one statement.

    Rows hold the query's fields, the currency of each amount among them, and
    ``id, version, created_at, updated_at``; a reference is a :class:`Ref` or None.
    """
    found, shape = _found(query)
    return shape.page(query, found, query.limit)


def read(
    query: Query, make: Callable[[Shape], Callable[[Sequence[Any]], T]]
) -> tuple[list[T], str | None]:
    """The same page, made of something else than rows: ``make`` gives what turns the values of
    the statement into it."""
    found, shape = _found(query)
    shown, cursor = shape.cut(query, found, query.limit)
    return list(map(make(shape), shown)), cursor


def _found(query: Query) -> tuple[Sequence[Any], Shape]:
    places = places_of(query)
    criteria = [*query.where, *places.criteria]

    def build() -> tuple[sa.Select[Any], Shape]:
        # The page is picked before names are joined: where no index gives the order, whatever
        # is joined would be joined to every record.
        page = places.select(_joined).subquery()
        shape = Shape(query)
        statement = shape.select(among=page)
        return statement.order_by(*order_by(query.order)).limit(query.limit + 1), shape

    name = ("page", *_signature(query), places.signature)
    return prepared.rows(services().session, name, criteria, build)


def _signature(query: Query) -> tuple[Hashable, ...]:
    """What the statement of a page depends on besides its conditions."""
    metas, mine = every_field(query.model), fields_of(query.model)
    labels = tuple(
        label_of(query.model, metas[name])
        for name in query.fields
        if metas[name].kind == "reference"
    )
    order = tuple((key.signed, key.nullable, key.label) for key in query.order)
    return query.model, Same(metas), Same(mine), query.fields, labels, order, query.limit


def stream(
    query: Query,
    size: int,
    most: int | None = None,
    make: Callable[[Shape], Callable[[Sequence[Any]], Any]] = lambda shape: shape.row,
) -> Iterator[list[Any]]:
    """Every row, ``most`` of them at most, in chunks of ``size``; the query's limit does not count.

    One statement, read as it is consumed: memory does not grow with the rows, and what others
    write meanwhile is not seen.
    """
    shape = Shape(query)
    made = make(shape)
    statement = shape.select().where(*query.where).order_by(*order_by(query.order))
    if query.after is not None:
        statement = statement.where(after(query.order, query.after))
    if most is not None:
        statement = statement.limit(most)
    with services().session.execute(statement, execution_options={"yield_per": size}) as found:
        for part in found.partitions():
            yield list(map(made, part))


def top_of_groups(query: Query, by: str, values: Sequence[Any], n: int) -> dict[Any, list[Row]]:
    """The first ``n`` rows of each group in the query's order, in one statement.

    ``values`` are those of ``by`` as stored (a reference: its id); a group without records is
    left out.
    """
    return {value: page.rows for value, page in pages_of_groups(query, by, values, n).items()}


def pages_of_groups(query: Query, by: str, values: Sequence[Any], n: int) -> dict[Any, Page]:
    """The same, with the place where each group goes on: the ``cursor`` of a query that asks
    for that group alone in the same order."""
    group = column_of(query.model, all_fields(query.model)[by])
    return first_pages(query, group, is_one_of(group, values), n)


def first_pages(
    query: Query, group: sa.ColumnElement[Any], only: sa.ColumnElement[bool], n: int
) -> dict[Any, Page]:
    """The first ``n`` rows of each value of an expression, where ``only`` holds."""
    model: Any = query.model
    place = sa.func.row_number().over(partition_by=group, order_by=order_by(query.order))
    ranked = _joined(query, model.id.label("id"), place.label("place"))
    first = ranked.where(*query.where, only).subquery()
    shape = Shape(query)
    statement = (
        shape.select(group, among=first).where(first.c.place <= n + 1).order_by(first.c.place)
    )
    found: dict[Any, list[Any]] = {}
    for row in services().session.execute(statement):
        found.setdefault(row[-1], []).append(row)
    return {value: shape.page(query, rows, n) for value, rows in found.items()}


def ids(query: Query, limit: int) -> list[int]:
    """The first ids in the query's order; its page does not matter."""
    model: Any = query.model
    return list(services().session.scalars(_ordered(query, model.id).limit(limit)))


def exists(model: type[CompanyModel], record_id: int, action: str = "read") -> bool:
    """Whether there is such a record that the actor may do ``action`` with."""
    if not 0 <= record_id < 2**63:
        return False
    found: Any = model
    rules = scope_criteria(model, action, current_actor())
    statement = sa.select(found.id).where(found.id == record_id, rules)
    return services().session.scalar(statement) is not None


def is_one_of(column: sa.ColumnElement[Any], values: Sequence[Any]) -> sa.ColumnElement[bool]:
    """The column holds one of the values, None among them."""
    found = column.in_([value for value in values if value is not None])
    return found | column.is_(None) if None in values else found


def _ordered(query: Query, *columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """Columns of the records that the query is about, in its order."""
    return _joined(query, *columns).where(*query.where).order_by(*order_by(query.order))


def _joined(query: Query, *columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """Columns of all records, with the names that the order needs."""
    statement = sa.select(*columns).select_from(query.model)
    for label in dict.fromkeys(key.label for key in query.order if key.label):
        statement = statement.outerjoin(label.entity, label.on)
    return statement


class Shape:
    """Which column of a statement is which field of a row."""

    def __init__(self, query: Query) -> None:
        self._model: Any = query.model
        self._columns: list[sa.ColumnElement[Any]] = []
        self._joins: dict[Label, None] = {}
        self._plain: list[tuple[str, int]] = []
        self._refs: list[tuple[str, int, int | None, Label | None]] = []
        self._at = {name: self._add(getattr(self._model, name)) for name in SYSTEM}
        self._plain += self._at.items()
        # Code asks for what it likes; of what the actor sees in part, a part is read.
        metas = {**every_field(query.model), **fields_of(query.model)}
        amounts = (metas[name].currency_field for name in query.fields)
        names = (*query.fields, *(name for name in amounts if name in metas))
        for name in dict.fromkeys(names):
            meta = metas[name or ""]
            at = self._at[meta.name] = self._add(column_of(self._model, meta))
            if meta.kind != "reference":
                self._plain.append((meta.name, at))
                continue
            label = label_of(query.model, meta)
            self._refs.append((meta.name, at, self._title(label), label))
        self._joins |= dict.fromkeys(key.label for key in query.order if key.label)
        self._keys = [self._add(key.expression) for key in query.order]

    def _add(self, column: sa.ColumnElement[Any]) -> int:
        for i, known in enumerate(self._columns):
            if known is column:
                return i
        self._columns.append(column)
        return len(self._columns) - 1

    def _title(self, label: Label | None) -> int | None:
        if label is None:
            return None
        self._joins[label] = None
        return self._add(label.column)

    def select(
        self, *more: sa.ColumnElement[Any], among: sa.Subquery | None = None
    ) -> sa.Select[Any]:
        """The columns, ``more`` after them, and the joins that they need; of those records
        alone whose ids another select gives."""
        statement = sa.select(*self._columns, *more).select_from(self._model)
        if among is not None:
            # First, for PostgreSQL keeps the order of the joins when there are many.
            statement = statement.join(among, among.c.id == self._model.id)
        for label in self._joins:
            statement = statement.outerjoin(label.entity, label.on)
        return statement

    def at(self, name: str) -> int:
        """Where the value of a field stands."""
        return self._at[name]

    def __contains__(self, name: object) -> bool:
        return name in self._at

    def named(self, name: str) -> Callable[[Sequence[Any]], str]:
        """What the record that a reference is to is called; to be asked where there is one."""
        at, title, label = next(each[1:] for each in self._refs if each[0] == name)
        if label is None or title is None:
            return lambda values: f"#{values[at]}"
        told = titles_of(label.target)
        return lambda values: told(values[title], values[at])

    def names(self) -> Iterator[str]:
        """Fields whose values stand somewhere."""
        return iter(self._at)

    @property
    def width(self) -> int:
        """How many values a row of the statement has."""
        return len(self._columns)

    @property
    def titles(self) -> Iterator[tuple[str, int, type[Base]]]:
        """Of each reference that is named: the field, where its name stands, and the target."""
        return (
            (name, title, label.target)
            for name, _at, title, label in self._refs
            if label is not None and title is not None
        )

    def row(self, values: Sequence[Any]) -> Row:
        """A row of the answer by field name."""
        made = {name: values[at] for name, at in self._plain}
        for name, at, title, label in self._refs:
            id_ = values[at]
            if label is not None and title is not None:
                made[name] = label.ref(id_, values[title])
            else:
                made[name] = None if id_ is None else Ref(id_, f"#{id_}")
        return made

    def page(self, query: Query, found: Sequence[Sequence[Any]], size: int) -> Page:
        """The first ``size`` rows of an answer, and where the rest begins."""
        shown, cursor = self.cut(query, found, size)
        return Page([self.row(values) for values in shown], cursor)

    def cut(
        self, query: Query, found: Sequence[Sequence[Any]], size: int
    ) -> tuple[Sequence[Sequence[Any]], str | None]:
        """The same without making rows."""
        shown = found[:size]
        more = len(found) > size and bool(shown)
        return shown, write_cursor(query.order, self.sort_values(shown[-1])) if more else None

    def sort_values(self, values: Sequence[Any]) -> list[Any]:
        """What the row was sorted by."""
        return [values[at] for at in self._keys]
