"""What analyses are about and what items are shown by: the records of every plugin that people
enter, named by their model's key and their number, so that this plugin depends on none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext, has_permission
from plugin_api.errors import Rejected
from plugin_api.models import Base, Choice, CompanyModel

OWN = frozenset({"core", "swot"})
COMPANY_OWN = ("core.Team",)
"""Of the host's own: teams, which territories belong to."""


def models() -> Iterator[type[CompanyModel]]:
    """Models of the plugins that the company uses whose records people enter for their own
    sake: no parts of others, nothing that code alone writes."""
    for mapper in Base.registry.mappers:
        model = mapper.class_
        if (
            issubclass(model, CompanyModel)
            and model.__collection__
            and not model.__parent__
            and model.__title__ != "id"
            and "update" in model.__actions__
            and (model.plugin_id() not in OWN or model.model_key() in COMPANY_OWN)
            and (model.plugin_id() == "core" or host().is_enabled(model.plugin_id()))
        ):
            yield model


def choices() -> tuple[Choice, ...]:
    """The same to choose from, by their names."""
    found = [Choice(value=model.model_key(), label=model.__label__) for model in models()]
    return tuple(sorted(found, key=lambda each: str(each.label)))


def model_for(key: str | None) -> type[CompanyModel] | None:
    """The model of a key, if analyses may be about its records."""
    return next((model for model in models() if model.model_key() == key), None)


def name_of(key: str | None, record_id: int | None) -> str | None:
    """What a record is called that somebody names; None for none. Raises Rejected."""
    if key is None and record_id is None:
        return None
    if key is None:
        raise Rejected("about_model", gettext("Say of which kind the record is."))
    if record_id is None:
        raise Rejected("about_id", gettext("Say which record."))
    if model_for(key) is None:
        raise Rejected("about_model", gettext("Analyses are not about records of this kind."))
    found = _title(key, record_id)
    if found is None:
        raise Rejected("about_id", gettext("There is no such record, or you may not see it."))
    return found[:300]


def href_of(key: str | None, record_id: int | None) -> str:
    """Where a record is; empty for none, and for one that the actor may not see. One statement."""
    if key is None or record_id is None or _title(key, record_id) is None:
        return ""
    return host().record_url(key, record_id)


def _title(key: str, record_id: int) -> str | None:
    model: Any = model_for(key)
    if model is None or not has_permission(f"{key}.read"):
        return None
    may_read = host().records.may_read(model, model.__title__)
    title = getattr(model, model.__title__) if may_read else sa.null()
    asked = sa.select(model.id, title).where(model.id == record_id, host().records.visible(model))
    row = host().session.execute(asked).first()
    return None if row is None else str(row[1] or f"#{row[0]}")


def let_go(record: CompanyModel, models_: tuple[Any, ...]) -> None:
    """A record that is deleted is named no more; what it was called stays."""
    key, session = record.model_key(), host().session
    if not record.__collection__ or record.__parent__ or record.plugin_id() == "swot":
        return
    session.flush()
    for model in models_:
        session.execute(
            sa.update(model)
            .where(model.about_model == key, model.about_id == record.id)
            .values(about_model=None, about_id=None),
            execution_options={"synchronize_session": False},
        )
