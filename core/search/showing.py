"""How a record that is found shows itself: what it is called, and one field more."""

from __future__ import annotations

from collections.abc import Sequence
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


def hits(model: type[CompanyModel], ids: Sequence[int]) -> dict[int, Hit]:
    """Those of the records that the actor may read."""
    some: Any = model
    shown = Showing(model)
    statement = sa.select(some.id, *shown.columns()).select_from(some)
    statement = shown.joined(statement).where(
        some.id.in_(ids), scope_criteria(model, "read", current_actor())
    )
    rows = services().session.execute(statement)
    return {id_: shown.hit(id_, title, detail) for id_, title, detail in rows}


def _detail_of(model: type[CompanyModel]) -> FieldMeta | None:
    metas = fields_of(model)
    for name in services().registry.list_view(model.model_key()).columns:
        meta = metas.get(name)
        if meta is not None and name != model.__title__ and meta.kind in TOLD:
            return meta
    return None
