"""Which records a page holds, so that an index leads to them.

Empty values come last in either direction, which no index of both databases gives. So those with
a value are picked first, in the order of the index; the empty ones only when these do not fill
the page.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from core.data.query.ordering import Key, after, order_by

if TYPE_CHECKING:
    from core.data.query.asking import Query

Joined = Callable[..., sa.Select[Any]]
"""Makes a select of columns of all records, with the names that the order needs."""


@dataclass(frozen=True, slots=True)
class Places:
    """How the ids of a page are found."""

    query: Query
    key: Key | None
    """What is sorted by, when empty values are picked apart."""
    criteria: Sequence[sa.ColumnElement[bool]]
    """Where the page begins."""

    @property
    def signature(self) -> Hashable:
        """What tells one select of ids from another besides its conditions."""
        return (
            self.key is not None,
            None if self.query.after is None else tuple(v is None for v in self.query.after),
        )

    def select(self, joined: Joined) -> sa.Select[Any]:
        """The ids, in no order: at least those of the page."""
        query, most = self.query, self.query.limit + 1
        model: Any = query.model
        if self.key is None:
            found = joined(query, model.id.label("id")).where(*query.where, *self.criteria)
            return found.order_by(*order_by(query.order)).limit(most)
        column, descending = self.key.column, self.key.descending
        assert column is not None
        row = model.id if self.key.row is None else self.key.row
        ordered = [each.desc() if descending else each.asc() for each in (column, row)]
        picked = sa.select(row.label("id")).where(*query.where).order_by(*ordered)
        empty = picked.where(self.key.is_empty)
        if self.key.row is not None and (beside := self.key.label) is not None:
            # First, so that its index is walked and not the records.
            picked = picked.select_from(beside.entity).join(model, beside.on)
            empty = sa.select(model.id.label("id")).outerjoin(beside.entity, beside.on)
            by_id = model.id.desc() if descending else model.id.asc()
            empty = empty.where(*query.where, self.key.is_empty).order_by(by_id)
        if query.after is not None and query.after[0] is None:
            return empty.where(*self.criteria).limit(most)
        first = picked.where(sa.not_(self.key.is_empty), *self.criteria).limit(most).cte("filled")
        number = sa.select(sa.func.count()).select_from(first).scalar_subquery()
        wanted = sa.bindparam(None, most, sa.Integer(), literal_execute=True)
        rest = empty.where(number < wanted).limit(most).subquery()
        both = sa.union_all(sa.select(first.c.id), sa.select(rest.c.id)).subquery()
        return sa.select(both.c.id)


def places_of(query: Query) -> Places:
    """How the page of a question is found."""
    key, last = query.order[0], query.order[-1]
    one_way = len(query.order) == 2 and key.descending == last.descending
    apart = one_way and key.nullable and key.column is not None
    if query.after is None:
        return Places(query, key if apart else None, ())
    if not apart:
        return Places(query, None, (after(query.order, query.after),))
    return Places(query, key, (_beyond(query.order, query.after),))


def _beyond(order: Sequence[Key], values: Sequence[Any]) -> sa.ColumnElement[bool]:
    key, last = order
    if key.row is not None and values[0] is not None:
        place = sa.tuple_(key.column, key.row)
        seen = sa.tuple_(key.literal(values[0]), last.literal(values[1]))
        return place < seen if key.descending else place > seen
    here = [last.expression] if values[0] is None else [key.column, last.expression]
    there = [last.literal(values[1])]
    if values[0] is not None:
        there.insert(0, key.literal(values[0]))
    if len(here) == 1:
        return here[0] < there[0] if key.descending else here[0] > there[0]
    if key.descending:
        return sa.tuple_(*here) < sa.tuple_(*there)
    return sa.tuple_(*here) > sa.tuple_(*there)
