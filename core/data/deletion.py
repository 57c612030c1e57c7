"""What stands against deleting a record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from core.data.fields import own_fields
from core.host import services
from core.hosting.enabled import enabled_set
from plugin_api.context import current_company, gettext
from plugin_api.errors import Rejected
from plugin_api.models import Base, CompanyModel

LEGS = 100
"""Selects of one statement; SQLite takes 500."""


def refusal_of(record: CompanyModel) -> Rejected:
    """Names what refers to a record that the database would not let go, and how much of it."""
    counts = _counts(record)
    enabled = enabled_set(current_company())
    names: dict[str, int] = {}
    for model, count in counts:
        if model.plugin_id() in enabled:
            name = str(model.__label_plural__ or model.__name__)
        else:
            name = gettext("records of a plugin that is switched off")
        names[name] = names.get(name, 0) + count
    if not names:
        return Rejected("", gettext("Other records refer to it."))
    said = ", ".join(f"{name} ({count})" for name, count in names.items())
    return Rejected("", gettext("Other records refer to it: %(records)s.", records=said))


def _counts(record: CompanyModel) -> list[tuple[type[Base], int]]:
    pointing = list(_pointing(record.model_key()))
    found: list[tuple[type[Base], int]] = []
    for start in range(0, len(pointing), LEGS):
        legs = [
            sa.select(
                sa.literal_column(str(i), sa.Integer()).label("place"),
                sa.func.count(model.id).label("count"),
            ).where(sa.or_(*(getattr(model, key) == record.id for key in attributes)))
            for i, (model, attributes) in enumerate(pointing[start : start + LEGS], start)
        ]
        rows = (sa.union_all(*legs) if len(legs) > 1 else legs[0]).subquery()
        for place, count in services().session.execute(sa.select(rows)):
            if count:
                found.append((pointing[place][0], count))
    return found


def _pointing(model_key: str) -> Iterator[tuple[Any, list[str]]]:
    """Models with their references to a model that hold it."""
    for model in services().registry.models.values():
        attributes = [
            meta.attribute
            for meta in own_fields(model).values()
            if meta.target == model_key and meta.on_delete == "restrict"
        ]
        if attributes and issubclass(model, CompanyModel):
            yield model, attributes
