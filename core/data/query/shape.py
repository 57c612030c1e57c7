"""Which column of a statement is which field of a record, and rows made of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import sqlalchemy as sa

from core.data.fields import SYSTEM, column_of, every_field, fields_of
from core.data.query.labels import Label, Ref, label_of, titles_of
from core.data.query.ordering import write_cursor
from plugin_api.models import Base

if TYPE_CHECKING:
    from core.data.query.asking import Query

Row = dict[str, Any]
T = TypeVar("T")
MOST_KEPT = 50


class Same:
    """Something that is told from others by what it is, not by what it holds."""

    __slots__ = ("thing",)

    def __init__(self, thing: Any) -> None:
        self.thing = thing

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.thing is self.thing

    def __hash__(self) -> int:
        return id(self.thing)


def signature_of(model: type[Base], names: tuple[str, ...]) -> tuple[Hashable, ...]:
    """What the columns of some fields depend on, whoever asks for them."""
    metas = every_field(model)
    labels = tuple(
        label_of(model, metas[name]) for name in names if metas[name].kind == "reference"
    )
    return model, Same(metas), Same(fields_of(model)), names, labels


@dataclass(frozen=True, slots=True)
class Page:
    """Rows by field name, and the cursor of the next page or None."""

    rows: list[Row]
    next: str | None


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

        self._kept: dict[Hashable, Any] = {}

    def keep(self, key: Hashable, make: Callable[[], T]) -> T:
        """What is made of the columns, made once for all statements of this shape."""
        if key not in self._kept:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[key] = make()
        found: T = self._kept[key]
        return found

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

    def type_at(self, at: int) -> sa.types.TypeEngine[Any]:
        """What SQL holds there."""
        return self._columns[at].type

    def title(self, name: str) -> tuple[int, Callable[[Any, int], str]] | None:
        """Where the name of what a reference is to stands, and what makes words of it and of the
        id; None when it has none for the actor."""
        at, label = next(each[2:] for each in self._refs if each[0] == name)
        return None if label is None or at is None else (at, titles_of(label.target))

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
