"""Whose mails are that are brought as files or pasted."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import sqlalchemy as sa

from plugin_api import host
from plugin_api.letters import LARGEST, MOST_PARTS, Letter, read
from plugin_api.models import CompanyModel, FieldInfo
from plugins.activities.services import subjects

__all__ = ["LARGEST", "MOST_PARTS", "Letter", "read", "whose"]


def whose(addresses: Collection[str]) -> list[subjects.Ref]:
    """Records with one of the addresses, of what the actor may see: people before others. One
    statement a model that has addresses."""
    found: list[tuple[int, str, int]] = []
    for model in subjects.models():
        fields = dict(_mail_fields(model))
        if not fields or not subjects.may_see(model):
            continue
        columns = [getattr(model, name) for name in fields if host().records.may_read(model, name)]
        if not columns:
            continue
        same = sa.or_(*(sa.func.lower(column).in_(list(addresses)) for column in columns))
        asked = sa.select(model.id).where(same, host().records.visible(model)).limit(20)
        rank = 0 if any(info.personal for info in fields.values()) else 1
        found += [(rank, model.model_key(), id_) for id_ in host().session.scalars(asked)]
    return [(key, id_) for _rank, key, id_ in sorted(found)]


def _mail_fields(model: type[CompanyModel]) -> Iterable[tuple[str, FieldInfo]]:
    for column in model.__table__.columns:
        info: FieldInfo | None = column.info.get("field")
        if info is not None and info.kind == "email":
            yield column.name, info
