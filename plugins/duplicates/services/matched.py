"""Which records may be compared, by what, as the models say."""

from __future__ import annotations

from typing import Any

from plugin_api import host
from plugin_api.models import Base, Choice, CompanyModel, FieldInfo, model_of


def models() -> tuple[Choice, ...]:
    """The models to choose from."""
    found = [Choice(value=key_of(m), label=m.__label_plural__) for m in _matched()]
    return tuple(sorted(found, key=lambda each: each.value))


def fields() -> tuple[Choice, ...]:
    """The fields to choose from: ``crm.Account.name``."""
    return tuple(
        Choice(
            value=f"{key_of(model)}.{name}",
            label=f"{model.__label__} · {info_of(model, name).label}",
        )
        for model in sorted(_matched(), key=key_of)
        for name in model.__matched__
    )


def is_matched(key: str) -> bool:
    """Whether records of a model may be compared here."""
    return any(key_of(model) == key for model in _matched())


def key_of(model: type[CompanyModel]) -> str:
    """The model's key."""
    return model.model_key()


def find(key: str) -> Any:
    """The model of a key."""
    return model_of(key)


def info_of(model: type[Base], name: str) -> FieldInfo:
    """What is known of a field."""
    found: FieldInfo = model.__table__.columns[name].info["field"]
    return found


def _matched() -> list[type[CompanyModel]]:
    found: list[type[CompanyModel]] = [mapper.class_ for mapper in Base.registry.mappers]
    return [model for model in found if model.__matched__ and host().is_enabled(model.plugin_id())]
