"""What a new record's form starts with: defaults, what the address says, another record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from core.data.fields import FieldMeta, fields_of
from core.data.numbers import whole
from core.data.query import Ref
from core.host import services
from core.hosting.enabled import enabled_set
from core.views.names import Names
from core.views.opening import open_record
from core.views.records import guarded
from core.views.urls import Arguments
from plugin_api.context import current_actor, current_company
from plugin_api.models import CompanyModel


def defaults(model: type[CompanyModel], arguments: Arguments) -> dict[str, Any]:
    """Values of an empty form: the column's own, the actor as the owner that it must have, the
    plugins', then the address's."""
    metas, actor = fields_of(model), current_actor()
    values = dict(_of_columns(metas))
    for name, each in metas.items():
        if each.attribute == model.__owner__ and each.required and actor.user_id is not None:
            values[name] = actor.user_id
    found = services().dispatcher.collect(
        "form_defaults",
        enabled_set(current_company()),
        model=model.model_key(),
        actor=actor,
    )
    for _plugin, given in found:
        values.update(given)
    for name, text in arguments.items():
        meta = metas.get(name)
        if meta is None or meta.readonly:
            continue
        if meta.kind == "reference" and (id_ := whole(text)) is not None:
            values[name] = id_
        elif meta.kind in ("text", "choice", "date"):
            values[name] = text
    return _named(metas, values)


def copied(model: type[CompanyModel], record_id: int) -> dict[str, Any]:
    """Values of a form that makes another record like one. Raises NotFound.

    What is set by code, moved by a workflow or there only once is left out; it is owned by who
    makes it.
    """
    opened = open_record(model, record_id)
    locked = guarded(services().registry.workflows.get(model.model_key()))
    actor = current_actor()
    values = {}
    for name, meta in fields_of(model).items():
        if meta.readonly or meta.unique or meta.masked or meta.kind == "json":
            continue
        if name in locked or meta.attribute in locked:
            continue
        values[name] = opened.values[name]
        if meta.attribute == model.__owner__ and actor.user_id is not None:
            values[name] = Ref(actor.user_id, actor.name)
    return values


def _of_columns(metas: Mapping[str, FieldMeta]) -> Iterator[tuple[str, Any]]:
    for name, meta in metas.items():
        value = meta.default() if meta.default is not None and not meta.readonly else None
        if meta.is_currency and not value:
            value = current_company().currency
        if value is not None:
            yield name, value


def _named(metas: Mapping[str, FieldMeta], values: dict[str, Any]) -> dict[str, Any]:
    """The same with references called what the actor may know them to be called."""
    numbers = {
        name: (meta.target or "", values[name])
        for name, meta in metas.items()
        if meta.kind == "reference" and isinstance(values.get(name), int)
    }
    names = Names()
    names.learn(numbers.values())
    return values | {name: Ref(key[1], names.of(*key)) for name, key in numbers.items()}
