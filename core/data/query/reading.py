"""Rows of a question: a page of it, the first of each group, ids. Makes no ORM objects."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.access.rules import scope_criteria
from core.data.fields import all_fields, column_of
from core.data.query.asking import Query
from core.data.query.ordering import after, order_by, write_cursor
from core.data.query.picking import places_of
from core.data.query.shape import Page, Row, Shape, signature_of
from core.host import services
from core.tenancy import prepared
from plugin_api.context import current_actor
from plugin_api.models import CompanyModel

T = TypeVar("T")


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


def write(
    query: Query,
    make: Callable[[Shape, Sequence[prepared.Process]], Callable[[Sequence[Any]], T]],
) -> tuple[T, str | None]:
    """The same page, made of all its rows at once, as the driver gives them. ``make`` gets how
    each value is read as one of its type."""
    found, processes, shape = prepared.plain_rows(*_asked(query))
    shown, cursor = found[: query.limit], None
    if len(found) > query.limit and shown:
        pairs = zip(processes, shown[-1], strict=True)
        last = [value if process is None else process(value) for process, value in pairs]
        cursor = write_cursor(query.order, shape.sort_values(last))
    return make(shape, processes)(shown), cursor


def _found(query: Query) -> tuple[Sequence[Any], Shape]:
    return prepared.rows(*_asked(query))


def _asked(
    query: Query,
) -> tuple[Session, Hashable, list[sa.ColumnElement[bool]], prepared.Build]:
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
    return services().session, name, criteria, build


def _signature(query: Query) -> tuple[Hashable, ...]:
    """What the statement of a page depends on besides its conditions."""
    order = tuple((key.signed, key.nullable, key.label) for key in query.order)
    return *signature_of(query.model, query.fields), order, query.limit


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
