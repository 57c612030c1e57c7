"""What risks may be about: the records of every plugin that people enter.

A record is named by its model's key and its number, so that this plugin depends on none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext, has_permission
from plugin_api.errors import Rejected
from plugin_api.models import Base, Choice, CompanyModel
from plugins.risk.services.kept import kept, put

OWN = frozenset({"core", "risk"})


def models() -> Iterator[type[CompanyModel]]:
    """Models of the plugins that the company uses whose records people enter for their own sake:
    no parts of others, nothing that code alone writes."""
    for mapper in Base.registry.mappers:
        model = mapper.class_
        if (
            issubclass(model, CompanyModel)
            and model.__collection__
            and not model.__parent__
            and model.__title__ != "id"
            and "update" in model.__actions__
            and model.plugin_id() not in OWN
            and host().is_enabled(model.plugin_id())
        ):
            yield model


def choices() -> tuple[Choice, ...]:
    """The same to choose from, by their names."""
    found = [Choice(value=model.model_key(), label=model.__label__) for model in models()]
    return tuple(sorted(found, key=lambda each: str(each.label)))


def model_for(key: str | None) -> type[CompanyModel] | None:
    """The model of a key, if risks may be about its records."""
    return next((model for model in models() if model.model_key() == key), None)


def titles(key: str, ids: Collection[int]) -> Mapping[int, str]:
    """What those of the records are called that the actor may read. One statement."""
    model: Any = model_for(key)
    if model is None or not ids or not has_permission(f"{key}.read"):
        return {}
    may_read = host().records.may_read(model, model.__title__)
    title = getattr(model, model.__title__) if may_read else sa.null()
    asked = sa.select(model.id, title).where(model.id.in_(ids), host().records.visible(model))
    return {row[0]: str(row[1] or f"#{row[0]}") for row in host().session.execute(asked)}


def name_of(key: str | None, record_id: int | None) -> str | None:
    """What a record is called that somebody names; None for none. Raises Rejected."""
    if key is None and record_id is None:
        return None
    if key is None:
        raise Rejected("about_model", gettext("Say of which kind the record is."))
    if record_id is None:
        raise Rejected("about_id", gettext("Say which record."))
    if model_for(key) is None:
        raise Rejected("about_model", gettext("Risks are not about records of this kind."))
    found = kept(("title", key, record_id), lambda: titles(key, [record_id]).get(record_id))
    if found is None:
        raise Rejected("about_id", gettext("There is no such record, or you may not see it."))
    return found[:300]


def remember(key: str, known: Mapping[int, str]) -> None:
    """Keep what records are called, so that naming many of them takes no statement each."""
    for record_id, title in known.items():
        put(("title", key, record_id), title)
