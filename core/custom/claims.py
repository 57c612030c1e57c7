"""What is written of custom fields besides the record: what one lets be there only once, where each
value is claimed by the record that has it, and by :mod:`core.custom.beside` what lists ask for.

The database refuses a second claim, so that of two people who save the same at once one is
told; a check before alone could not know.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from core.custom import beside, metas
from core.custom.models import CustomClaim
from core.data.fields import FieldMeta, column_of, every_field, value_of
from core.host import services
from plugin_api.context import gettext
from plugin_api.errors import Rejected
from plugin_api.models import Base, CompanyModel

CHUNK = 500
_APART = {"synchronize_session": False}


def keep(records: Sequence[CompanyModel], changed: Collection[str] | None = None) -> None:
    """Claim what records of one model hold, once they are written; ``changed`` are the only
    fields that differ from before. Raises Rejected."""
    for meta in _unique(type(records[0])):
        if changed is None or meta.name in changed:
            if changed is not None:
                _release(meta.custom, [record.id for record in records])
            held = [(value_of(record, meta), record.id) for record in records]
            _claim(type(records[0]), meta, [pair for pair in held if pair[0] is not None])
    beside.keep(records, changed)


def release(model: type[Base], ids: Sequence[int]) -> None:
    """Give back what records of a model that are deleted have claimed."""
    for meta in metas.every(model):
        if meta.unique:
            _release(meta.custom, ids)
    beside.release(model, ids)


def twice(model: Any, meta: FieldMeta) -> int:
    """How many values stand in more than one record."""
    column = column_of(model, meta)
    groups = (
        sa.select(column.label("value"))
        .where(column.is_not(None))
        .group_by(column)
        .having(sa.func.count() > 1)
        .subquery()
    )
    return services().session.scalar(sa.select(sa.func.count()).select_from(groups)) or 0


def claim_all(model: Any, meta: FieldMeta) -> None:
    """Claim every value that is there. Raises Rejected."""
    drop(meta)
    column = column_of(model, meta)
    rows = services().session.execute(sa.select(column, model.id).where(column.is_not(None)))
    _claim(model, meta, [(row[0], row[1]) for row in rows])


def drop(meta: FieldMeta) -> None:
    """Let the values of a field be there as often as one likes."""
    services().session.execute(
        sa.delete(CustomClaim).where(CustomClaim.field_id == meta.custom), execution_options=_APART
    )


def _unique(model: type[Base]) -> Iterable[FieldMeta]:
    return (m for m in every_field(model).values() if m.custom is not None and m.unique)


def _release(field_id: int | None, ids: Sequence[int]) -> None:
    for start in range(0, len(ids), CHUNK):
        services().session.execute(
            sa.delete(CustomClaim).where(
                CustomClaim.field_id == field_id,
                CustomClaim.record_id.in_(ids[start : start + CHUNK]),
            ),
            execution_options=_APART,
        )


def _claim(model: Any, meta: FieldMeta, held: Sequence[tuple[Any, int]]) -> None:
    session = services().session
    for start in range(0, len(held), CHUNK):
        rows = [
            {"field_id": meta.custom, "value": str(value), "record_id": id_, "version": 1}
            for value, id_ in held[start : start + CHUNK]
        ]
        # The database has deleted parts with their whole: what they claimed is free again.
        there = sa.select(model.id)
        session.execute(
            sa.delete(CustomClaim).where(
                CustomClaim.field_id == meta.custom,
                CustomClaim.value.in_([row["value"] for row in rows]),
                CustomClaim.record_id.not_in(there),
            ),
            execution_options=_APART,
        )
        try:
            session.execute(sa.insert(CustomClaim), rows)
        except IntegrityError:
            raise Rejected(
                meta.name, gettext("%(field)s: this value already exists.", field=meta.label)
            ) from None
