"""How a record that is found shows itself: what it is called, and one field more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from core.access.rules import scope_criteria
from core.data.fields import TEXTUAL, FieldMeta, column_of, fields_of
from core.data.query.labels import Label, label_of, title_text
from core.host import services
from core.search.index import shape_of
from plugin_api.context import current_actor
from plugin_api.models import CompanyModel

TOLD = TEXTUAL - {"longtext"} | {"choice", "reference"}
"""Kinds of fields that say something beside a title."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A record: its title, and the value of one more field, possibly empty."""

    id: int
    title: str
    detail: str


class Showing:
    """Columns of a model that make a :class:`Hit`, for selects that the model is part of."""

    def __init__(self, model: type[CompanyModel]) -> None:
        self.model = model
        self._detail = _detail_of(model)
        self._label: Label | None = None
        if self._detail is not None and self._detail.kind == "reference":
            self._label = label_of(model, self._detail)

    def columns(self) -> tuple[sa.ColumnElement[Any], ...]:
        """Title and detail as texts, under these names."""
        return self._title().label("title"), self._told().label("detail")

    def joined(self, statement: sa.Select[Any]) -> sa.Select[Any]:
        """The statement with what the columns need."""
        label = self._label
        return statement if label is None else statement.outerjoin(label.entity, label.on)

    def some(self, place: int, ids: Sequence[int]) -> sa.Select[Any]:
        """Place, id and columns of those of some records that the actor may read."""
        model: Any = self.model
        number = sa.literal_column(str(place), sa.Integer()).label("place")
        statement = sa.select(number, model.id.label("id"), *self.columns()).select_from(model)
        rules = scope_criteria(self.model, "read", current_actor())
        return self.joined(statement).where(model.id.in_(ids), rules)

    def hit(self, id_: int, title: str | None, detail: str | None) -> Hit:
        """A record of the answer in words."""
        meta, said = self._detail, detail or ""
        if meta is not None and meta.kind == "choice":
            said = next((str(c.label) for c in meta.choices if c.value == said), said)
        return Hit(id_, title_text(self.model, title, id_), said)

    def _title(self) -> sa.ColumnElement[Any]:
        shape = shape_of(self.model)
        assert shape is not None
        texts: list[Any] = [getattr(self.model, name) for name in shape.attributes]
        return texts[0] if shape.title else sa.func.coalesce(*texts, sa.null())

    def _told(self) -> sa.ColumnElement[Any]:
        if self._label is not None:
            return sa.cast(self._label.column, sa.String())
        if self._detail is None or self._detail.kind == "reference":
            return sa.cast(sa.null(), sa.String())
        return column_of(self.model, self._detail)


def hits_of(
    records: Iterable[tuple[type[CompanyModel], int]],
) -> dict[tuple[type[CompanyModel], int], Hit]:
    """Those of some records that the actor may read. At most one statement."""
    ids: dict[type[CompanyModel], list[int]] = {}
    for model, id_ in records:
        ids.setdefault(model, []).append(id_)
    shown = [Showing(model) for model in ids]
    parts = [each.some(place, ids[each.model]) for place, each in enumerate(shown)]
    if not parts:
        return {}
    rows = (sa.union_all(*parts) if len(parts) > 1 else parts[0]).subquery()
    return {
        (shown[place].model, id_): shown[place].hit(id_, title, detail)
        for place, id_, title, detail in services().session.execute(sa.select(rows))
    }


def _detail_of(model: type[CompanyModel]) -> FieldMeta | None:
    metas = fields_of(model)
    for name in services().registry.list_view(model.model_key()).columns:
        meta = metas.get(name)
        if meta is not None and name != model.__title__ and meta.kind in TOLD:
            return meta
    return None
