"""What an activity may be about: the records of every plugin that are somebody's.

A record is named by its model's key and its number, as comments and files name it, so that this
plugin depends on none whose records it is about.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import (
    SYSTEM,
    acting_as,
    current_company,
    gettext,
    has_permission,
)
from plugin_api.errors import Rejected
from plugin_api.models import Base, Choice, CompanyModel, FieldInfo
from plugin_api.pages import number

OWN = frozenset({"core", "activities"})
SEPARATOR = ":"
USUAL = "crm.Account"
"""Whose records are proposed where a form begins with none, if the company has them."""

Ref = tuple[str, int]
"""The key of a model and the number of a record."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A record as activities know it; ``refs`` are the records that it belongs to."""

    title: str
    owner_id: int | None
    refs: tuple[Ref, ...]


def models() -> Iterator[type[CompanyModel]]:
    """Models of the plugins that the company uses whose records somebody owns and works with; not
    those that code alone writes."""
    for mapper in Base.registry.mappers:
        model = mapper.class_
        if (
            issubclass(model, CompanyModel)
            and model.__collection__
            and model.__owner__
            and not model.__parent__
            and "update" in model.__actions__
            and model.plugin_id() not in OWN
            and host().is_enabled(model.plugin_id())
        ):
            yield model


def choices() -> tuple[Choice, ...]:
    """The same to choose from, by their names."""
    found = [Choice(value=model.model_key(), label=model.__label__) for model in models()]
    return tuple(sorted(found, key=lambda each: str(each.label)))


def model_for(key: str) -> type[CompanyModel] | None:
    """The model of a key, if activities may be about its records."""
    return next((model for model in models() if model.model_key() == key), None)


def may_see(model: type[CompanyModel]) -> bool:
    """Whether the actor may read records of a model at all."""
    return has_permission(f"{model.model_key()}.read")


def title_of(model: Any) -> sa.ColumnElement[Any]:
    """What names records of a model; nothing where the actor may not read that whole."""
    may_read = host().records.may_read(model, model.__title__)
    return getattr(model, model.__title__) if may_read else sa.null()


def find(key: str, ids: Collection[int]) -> Mapping[int, Subject]:
    """Those of the records that the actor may read. One statement."""
    model: Any = model_for(key)
    if model is None or not ids or not may_see(model):
        return {}
    known = {each.model_key() for each in models()}
    targets = {name: info.target for name, info in _references(model) if info.target in known}
    asked = sa.select(
        model.id,
        title_of(model).label("subject_title"),
        getattr(model, model.__owner__).label("subject_owner"),
        *(getattr(model, name) for name in targets),
    ).where(model.id.in_(ids), host().records.visible(model))
    return {
        row[0]: Subject(
            title=str(row[1] or f"#{row[0]}"),
            owner_id=row[2],
            refs=tuple(
                (target or "", value)
                for target, value in zip(targets.values(), row[3:], strict=True)
                if value is not None
            ),
        )
        for row in host().session.execute(asked)
    }


def one(key: str, record_id: int) -> Subject:
    """One of them. Raises Rejected."""
    if model_for(key) is None:
        raise Rejected("about_model", gettext("Activities are not about records of this kind."))
    found = find(key, [record_id]).get(record_id)
    if found is None:
        raise Rejected("about_id", gettext("There is no such record, or you may not see it."))
    return found


def still(key: str, record_id: int, title: str) -> Subject | None:
    """What a series is about, though the record may have gone to a colleague since, by the name
    that it had; None where there is no such record any more."""
    with acting_as(current_company(), SYSTEM):
        found = find(key, [record_id]).get(record_id)
    return None if found is None else replace(found, title=title)


def usual() -> type[CompanyModel] | None:
    """The model of ``USUAL``, if the actor may read its records."""
    model = model_for(USUAL)
    return model if model is not None and may_see(model) else None


def typed(number: int | None, text: str) -> tuple[Ref, Subject] | None:
    """The record of ``USUAL`` that a picker names by number, else by its whole name; None for
    nothing typed. Raises Rejected for one that is not there, out of sight, or one of several."""
    model: Any = usual()
    if model is None or not (number or text.strip()):
        return None
    found = find(USUAL, [number]) if number else _called(model, text.strip())
    if len(found) != 1:
        said = gettext("There is no such record, or you may not see it.")
        raise Rejected("account", gettext("Choose one of the list.") if found else said)
    return next(((USUAL, id_), subject) for id_, subject in found.items())


def _called(model: Any, name: str) -> Mapping[int, Subject]:
    asked = (
        sa.select(model.id).where(title_of(model) == name, host().records.visible(model)).limit(2)
    )
    return find(USUAL, host().session.scalars(asked).all())


def write(key: str, record_id: int) -> str:
    """A record in an address: ``crm.Account:7``."""
    return f"{key}{SEPARATOR}{record_id}"


def read(text: str) -> Ref | None:
    """The record that an address names; None for any other text."""
    key, _, place = text.partition(SEPARATOR)
    record_id = number(place)
    return None if record_id is None or model_for(key) is None else (key, record_id)


def _references(model: type[CompanyModel]) -> Iterator[tuple[str, FieldInfo]]:
    for column in model.__table__.columns:
        info: FieldInfo | None = column.info.get("field")
        if info is not None and info.kind == "reference":
            yield column.name, info
