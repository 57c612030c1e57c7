"""A record that is at hand, as a list would tell of it: only names of others are asked for."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from decimal import Decimal
from typing import Any, TypeVar

import sqlalchemy as sa

from core.access.rules import reaches
from core.data.fields import all_fields, every_field, fields_of, value_of
from core.data.query.asking import Query, usual
from core.data.query.ordering import keys_of
from core.data.query.shape import Shape, signature_of
from core.host import services
from core.tenancy import prepared
from plugin_api.context import current_actor
from plugin_api.models import CompanyModel, ScaledDecimal

T = TypeVar("T")

MOST = 500
"""Shapes that are remembered."""
_shapes: dict[Hashable, Shape] = {}


def at_hand(
    record: CompanyModel, make: Callable[[Shape], Callable[[Sequence[Any]], T]]
) -> T | None:
    """What ``make`` makes of a record that is flushed; None when the actor may not read it.

    The same as of a question for this record alone, at the cost of one short statement.
    """
    model = type(record)
    if not reaches(record, f"{model.model_key()}.read", current_actor()):
        return None
    shape = _shape_of(model)
    metas = {**every_field(model), **fields_of(model)}
    values: list[Any] = [None] * shape.width
    for name in shape.names():
        meta = metas.get(name)
        values[shape.at(name)] = getattr(record, name) if meta is None else _stored(record, meta)
    _name(shape, values)
    return make(shape)(values)


def _shape_of(model: type[CompanyModel]) -> Shape:
    fields = usual(model)
    key = signature_of(model, fields)
    found = _shapes.get(key)
    if found is None:
        if len(_shapes) >= MOST:
            _shapes.clear()
        order = keys_of(model, (), all_fields(model))
        asked = Query(model=model, fields=fields, where=(), order=order, limit=1)
        found = _shapes[key] = Shape(asked)
    return found


def _stored(record: CompanyModel, meta: Any) -> Any:
    """As the database would tell it."""
    value = value_of(record, meta)
    if isinstance(value, Decimal) and isinstance(meta.type, ScaledDecimal):
        return value.quantize(Decimal(1).scaleb(-meta.type.scale))
    return value


def _name(shape: Shape, values: list[Any]) -> None:
    """Put the names of what is referred to in their places."""
    wanted = [
        (at, target, values[shape.at(name)])
        for name, at, target in shape.titles
        if values[shape.at(name)] is not None
    ]
    if not wanted:
        return
    targets = tuple(target for _at, target, _id in wanted)

    def build() -> sa.Select[Any]:
        return sa.select(
            *(
                sa.select(getattr(target, target.__title__))
                .where(target.id == sa.bindparam(f"id{number}"))  # type: ignore[attr-defined]
                .scalar_subquery()
                for number, target in enumerate(targets)
            )
        )

    ids = {f"id{number}": id_ for number, (_at, _target, id_) in enumerate(wanted)}
    [row] = prepared.asked(services().session, ("names", targets), ids, build)
    for (at, _target, _id), title in zip(wanted, row, strict=True):
        values[at] = title
