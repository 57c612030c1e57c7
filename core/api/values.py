"""A record as JSON, both ways.

Amounts are decimal text in major units (``"1054.00"``), other exact numbers decimal text,
dates and instants ISO 8601, a reference ``{"id": 7, "label": "Acme"}``. Numbers may be sent as
JSON numbers too, and a reference as its bare id.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from core.data.checks import Errors, state_of
from core.data.fields import SYSTEM, FieldMeta, fields_of, value_of
from core.data.parse import currency_of, parse_json
from core.data.query import Ref
from core.host import services
from plugin_api.context import current_company, gettext
from plugin_api.errors import Refused
from plugin_api.models import CompanyModel
from plugin_api.money import from_minor, precision

STAMPS = ("created_at", "updated_at")

Row = Mapping[str, Any]


def shower(
    model: type[CompanyModel], names: Iterable[str] | None = None
) -> Callable[[Row], dict[str, Any]]:
    """A function from a row of the query builder to JSON; ``names`` narrows the fields.

    Structured data is shown only when it is named.
    """
    wanted = None if names is None else frozenset(names)
    metas = [
        meta
        for name, meta in fields_of(model).items()
        if (meta.kind != "json" if wanted is None else name in wanted)
    ]
    stamps = [name for name in STAMPS if wanted is None or name in wanted]
    currency = current_company().currency if _in_company(model, metas) else None

    def show(row: Row) -> dict[str, Any]:
        made: dict[str, Any] = {"id": row["id"], "version": row["version"]}
        for meta in metas:
            made[meta.name] = _plain(meta, row)
        if currency is not None:
            made["currency"] = currency
        for name in stamps:
            made[name] = instant(row[name])
        return made

    return show


def adds_currency(model: type[CompanyModel]) -> bool:
    """Whether records carry the company's currency, as they have none of their own."""
    return _in_company(model, fields_of(model).values())


def typed(
    model: type[CompanyModel],
    sent: Mapping[str, Any],
    *,
    takes: Iterable[str] | None = None,
    known: CompanyModel | None = None,
) -> tuple[dict[str, Any], Errors]:
    """Values of a body as the record holds them, and what is wrong with the others.

    ``takes`` are the fields of a transition, which may be set there even when nowhere else;
    without it, whatever is not read-only. A state is let through: the write path knows how to
    get there. ``known`` is the record that is changed.
    """
    metas = fields_of(model)
    allowed = {name for name, meta in metas.items() if not meta.readonly and takes is None}
    more = {*(_states(model) if takes is None else takes)}
    allowed |= {name for name, meta in metas.items() if {name, meta.attribute} & more}
    values: dict[str, Any] = {}
    errors: Errors = {}
    held = _start(metas) if known is None else state_of(known)
    # Currencies first, and what others must fit before those that must fit.
    for name in sorted(sent, key=lambda n: n in metas and _place(metas[n])):
        meta = metas.get(name)
        if meta is None and name not in SYSTEM:
            errors[name] = [gettext("There is no such field.")]
        elif meta is None or name not in allowed:
            errors[name] = [gettext("This cannot be set.")]
        elif not (meta.masked and known is not None and sent[name] == value_of(known, meta)):
            try:
                values[name] = parse_json(meta, sent[name], record=held | values)
            except Refused as refused:
                errors[name] = list(refused.errors.get(name) or [refused.message])
    if known is not None:
        errors |= _left_behind(metas, held, values)
    return values, errors


def _states(model: type[CompanyModel]) -> tuple[str, ...]:
    workflow = services().registry.workflows.get(model.model_key())
    return (workflow.field, *workflow.guards) if workflow else ()


def _start(metas: Mapping[str, FieldMeta]) -> dict[str, Any]:
    """What a new record holds before anything is set, as far as amounts depend on it."""
    return {
        name: meta.default()
        for name, meta in metas.items()
        if meta.is_currency and meta.default is not None
    }


def _place(meta: FieldMeta) -> int:
    return 2 if meta.kind == "money" else 1 if meta.narrow else 0


def _left_behind(
    metas: Mapping[str, FieldMeta], held: Mapping[str, Any], values: Mapping[str, Any]
) -> Errors:
    """Amounts that would mean another sum in the currency that was sent."""
    errors: Errors = {}
    for name, meta in metas.items():
        if meta.currency_field in values and name not in values and held[name] is not None:
            old, new = currency_of(meta, held), currency_of(meta, values)
            if precision(old) != precision(new):
                errors[name] = [gettext("Send the amount again in the new currency.")]
    return errors


def _plain(meta: FieldMeta, row: Row) -> Any:
    value = row.get(meta.name)
    if value is None:
        return None
    if isinstance(value, Ref):
        return {"id": value.id, "label": str(value.label)}
    if meta.kind == "money":
        return f"{from_minor(value, currency_of(meta, row)):f}"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dt.datetime):
        return instant(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


def instant(value: dt.datetime) -> str:
    """An instant on the wire: ISO 8601 in UTC."""
    return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")


def _in_company(model: type[CompanyModel], metas: Iterable[FieldMeta]) -> bool:
    if "currency" in fields_of(model):
        return False
    return any(meta.kind == "money" and not meta.currency_field for meta in metas)
