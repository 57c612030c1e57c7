"""A record as JSON, both ways.

Amounts are decimal text in major units (``"1054.00"``), other exact numbers decimal text,
dates and instants ISO 8601, a reference ``{"id": 7, "label": "Acme"}``. Numbers may be sent as
JSON numbers too, and a reference as its bare id.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from operator import itemgetter
from typing import Any

from flask_babel import get_locale

from core.data import several
from core.data.checks import Errors, state_of
from core.data.fields import SYSTEM, FieldMeta, fields_of, value_of
from core.data.parse import currency_of, parse_json
from core.data.query import Same, Shape
from core.host import services
from plugin_api.context import current_actor, current_company, gettext
from plugin_api.errors import Refused
from plugin_api.models import CompanyModel
from plugin_api.money import precision

STAMPS = ("created_at", "updated_at")

Row = Mapping[str, Any]


def shower(
    model: type[CompanyModel], names: Iterable[str] | None = None
) -> Callable[[Shape], Callable[[Sequence[Any]], dict[str, Any]]]:
    """What makes, for the shape of a statement, a function from its values to JSON; ``names``
    narrows the fields. Everything that is the same for all rows is looked up once.

    Structured data is shown only when it is named.
    """
    wanted = None if names is None else frozenset(names)
    metas = described_fields(model, wanted)
    stamps = [name for name in STAMPS if wanted is None or name in wanted]
    ours = current_company().currency
    currency = ours if own_currency(model, metas) else None

    # What the words of names depend on, besides what a shape is kept by.
    key = ("shown", wanted, ours, str(get_locale()), Same(current_actor().fields))

    def shown(shape: Shape) -> Callable[[Sequence[Any]], dict[str, Any]]:
        return shape.keep(key, lambda: made_for(shape))

    def made_for(shape: Shape) -> Callable[[Sequence[Any]], dict[str, Any]]:
        columns: list[tuple[str, Callable[[Sequence[Any]], Any]]] = [
            ("id", itemgetter(shape.at("id"))), ("version", itemgetter(shape.at("version"))),
            *((meta.name, _column(meta, shape, ours)) for meta in metas),
        ]  # fmt: skip
        if currency is not None:
            columns.append(("currency", lambda values: currency))
        for name in stamps:
            columns.append((name, _with(instant, shape.at(name))))
        return lambda values: {name: show(values) for name, show in columns}

    return shown


def _column(meta: FieldMeta, shape: Shape, ours: str) -> Callable[[Sequence[Any]], Any]:
    """What shows a field of a row."""
    at = shape.at(meta.name)
    if meta.kind == "reference":
        named = shape.named(meta.name)

        def reference(values: Sequence[Any]) -> Any:
            id_ = values[at]
            return None if id_ is None else {"id": id_, "label": named(values)}

        return reference
    if meta.kind == "money":
        if meta.currency_field is None or meta.currency_field not in shape:
            return _with(amounts_in(ours), at)
        other = shape.at(meta.currency_field)
        known: dict[str, Callable[[int | None], str | None]] = {}

        def amount(values: Sequence[Any]) -> Any:
            code = values[other] or ours
            show = known.get(code) or known.setdefault(code, amounts_in(code))
            return show(values[at])

        return amount
    if meta.kind in ("decimal", "percent"):
        return _with(_decimal, at)
    if meta.kind == "instant":
        return _with(instant, at)
    if meta.kind == "date":
        return _with(_date, at)
    if meta.kind == "choices":
        return _with(several.parts, at)
    return itemgetter(at)


def _with(show: Callable[[Any], Any], at: int) -> Callable[[Sequence[Any]], Any]:
    def shown(values: Sequence[Any]) -> Any:
        value = values[at]
        return None if value is None else show(value)

    return shown


def _decimal(value: Decimal) -> str:
    return f"{value:f}"


def _date(value: dt.date) -> str:
    return value.isoformat()


def amounts_in(currency: str) -> Callable[[int | None], str | None]:
    """A function from minor units of a currency to decimal text; None stays None."""
    places = precision(currency)
    step = 10**places

    def shown(minor: int | None) -> str | None:
        if minor is None or not places:
            return None if minor is None else str(minor)
        whole, rest = divmod(abs(minor), step)
        return f"{'-' if minor < 0 else ''}{whole}.{rest:0{places}}"

    return shown


def adds_currency(model: type[CompanyModel]) -> bool:
    """Whether records carry the company's currency, as they have none of their own."""
    return own_currency(model, fields_of(model).values())


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


def instant(value: dt.datetime) -> str:
    """An instant on the wire: ISO 8601 in UTC."""
    if value.tzinfo is not dt.UTC:
        value = value.astimezone(dt.UTC)
    return value.isoformat().replace("+00:00", "Z")


def described_fields(model: type[CompanyModel], wanted: frozenset[str] | None) -> list[FieldMeta]:
    """Those that a record shows: the ``wanted`` ones, else all but structured data."""
    return [
        meta
        for name, meta in fields_of(model).items()
        if (meta.kind != "json" if wanted is None else name in wanted)
    ]


def own_currency(model: type[CompanyModel], metas: Iterable[FieldMeta]) -> bool:
    """Whether amounts are in the company's currency, of which the record then tells."""
    if "currency" in fields_of(model):
        return False
    return any(meta.kind == "money" and not meta.currency_field for meta in metas)
