"""Values of records that are merged: which there are to choose from, and as JSON keeps them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from core.data.fields import every_field, fields_of, value_of
from core.data.meta import FieldMeta
from core.host import services
from plugin_api.merging import Mergeable
from plugin_api.models import CompanyModel


def offered(model: type[CompanyModel]) -> list[Mergeable]:
    """The fields of which one may be chosen, of those that the actor may change."""
    workflow = services().registry.workflows.get(model.model_key())
    guarded = (workflow.field, *workflow.guards) if workflow else ()
    aside = model.__aside__[0] if model.__aside__ else ""
    return [
        Mergeable(name=name, label=meta.label, unique=meta.unique)
        for name, meta in fields_of(model).items()
        if not meta.readonly and meta.kind != "json" and name not in guarded and name != aside
    ]


def shown(record: CompanyModel) -> dict[str, str]:
    """What the actor may see of a record, in words, by field."""
    from core.views.cells import cell  # it needs what is read, which needs records
    from core.views.opening import open_record

    model = type(record)
    values = open_record(model, record.id).values
    return {name: cell(meta, values).text for name, meta in fields_of(model).items()}


def taken(record: CompanyModel, names: Iterable[str]) -> dict[str, Any]:
    """Values of fields as JSON keeps them, whoever acts."""
    metas = every_field(type(record))
    return {name: _plain(value_of(record, metas[name])) for name in names if name in metas}


def given(model: type[CompanyModel], kept: Mapping[str, Any]) -> dict[str, Any]:
    """What :func:`taken` kept, as values again; fields that are no more are left out."""
    metas = every_field(model)
    return {name: _typed(metas[name], value) for name, value in kept.items() if name in metas}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, dt.date) else value


def _typed(meta: FieldMeta, held: Any) -> Any:
    if isinstance(held, str):
        if meta.kind in ("decimal", "percent"):
            return Decimal(held)
        if meta.kind == "date":
            return dt.date.fromisoformat(held)
        if meta.kind == "instant":
            return dt.datetime.fromisoformat(held)
    return held
