"""What custom fields that name a record mean for deleting it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from core.custom import beside, metas
from core.data import audit
from core.data.fields import FieldMeta, column_of, put
from core.host import services
from core.hosting.enabled import enabled_set
from plugin_api.context import current_company, gettext
from plugin_api.errors import Rejected
from plugin_api.models import CompanyModel

Found = tuple[Any, FieldMeta]


def settle(gone: type[CompanyModel], ids: Sequence[int]) -> None:
    """Once records of a model are deleted: empty the fields that named them, or raise Rejected
    where they are to hold one. Called after the deletion is written, so that whoever names a
    record at the same time has either been waited for or finds it gone."""
    kept: list[str] = []
    for model, meta in _fields(gone.model_key()):
        named = column_of(model, meta).in_(ids)
        if meta.on_delete == "empty":
            _empty(model, meta, named)
        elif count := _count(model, named):
            on = model.plugin_id() in enabled_set(current_company())
            thing = model.__label_plural__ if on else gettext(
                "records of a plugin that is switched off"
            )  # fmt: skip
            kept.append(f"{thing}, {meta.label} ({count})")
    if kept:
        raise Rejected(
            "", gettext("Other records refer to it: %(records)s.", records="; ".join(kept))
        )


def forget_targets(model_keys: set[str]) -> None:
    """Empty all fields that name records of models whose records are purged."""
    for key in model_keys:
        for model, meta in _fields(key):
            if model.model_key() not in model_keys:
                _empty(model, meta, column_of(model, meta).is_not(None))


def _fields(model_key: str) -> Iterator[Found]:
    models = services().registry.models
    for key, meta in metas.pointing_to(model_key):
        if key in models:
            yield models[key], meta


def _count(model: Any, named: sa.ColumnElement[bool]) -> int:
    return services().session.scalar(sa.select(sa.func.count(model.id)).where(named)) or 0


def _empty(model: Any, meta: FieldMeta, named: sa.ColumnElement[bool]) -> None:
    session = services().session
    records = session.scalars(sa.select(model).where(named)).all()
    changed = []
    for record in records:
        changed.append((record, {meta.name: (record.custom.get(meta.name), None)}))
        put(record, meta, None)
    session.flush()
    if records:
        beside.keep(records, {meta.name})
    audit.write("update", changed)
