"""Measures over REST."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, request

from core.api import wire
from core.api.collection import href, path_of
from core.host import services
from core.measures.periods import STARTS
from core.measures.statement import PEOPLE, target_of
from plugin_api.context import current_company, gettext
from plugin_api.errors import Invalid
from plugin_api.host import Point
from plugin_api.measures import Measure, Ratio
from plugin_api.models import model_of
from plugin_api.money import from_minor, precision

figures = Blueprint("figures", __name__)

PLACES = 6
"""Decimals of what is divided."""
PERIOD = ("from", "to")


@figures.get("/measures")
def index() -> Response:
    """Measures that the caller may ask for."""
    wire.only_arguments()
    return wire.reply({"items": [described(measure) for measure in services().measures.all()]})


@figures.get("/measures/<key>")
def table(key: str) -> Response:
    """A measure's figure in a period, grouped and filtered."""
    engine = services().measures
    measure, parts = engine.get(key), engine.parts(key)
    wire.once_each(*PERIOD, "by")
    start, end = _period()
    by = tuple(filter(None, request.args.get("by", "").split(",")))
    if len(set(by)) < len(by):
        raise Invalid(gettext("Bad parameter."), errors={"by": [gettext("A key stands twice.")]})
    points = engine.table(key, start, end, by, _filters(*PERIOD, "by"))
    if all(part.snapshot for part in parts):
        start = end = None
    return wire.reply(
        {
            "key": key,
            "label": str(measure.label),
            "unit": measure.unit,
            "currency": current_company().currency if measure.unit == "money" else None,
            "from": start.isoformat() if start else None,
            "to": end.isoformat() if end else None,
            "by": list(by),
            "items": [_item(measure, parts, by, point) for point in points],
        }
    )


@figures.get("/measures/<key>/records")
def records(key: str) -> Response:
    """Ids of the records behind a figure, and where to read them."""
    wire.once_each(*PERIOD)
    start, end = _period()
    found = services().measures.records(key, start, end, _filters(*PERIOD))
    model: Any = model_of(found.model)
    address = f"{href(path_of(model))}?{urlencode(found.query)}"
    return wire.reply(
        {
            "key": key,
            "model": found.model,
            "ids": list(found.ids),
            "more": found.more,
            "href": address if model.__collection__ else None,
        }
    )


def described(measure: Measure | Ratio) -> dict[str, Any]:
    """What a client needs to know to ask for a measure."""
    parts = services().measures.parts(measure.key)
    shared = [key for key in parts[0].dimensions if all(key in part.dimensions for part in parts)]
    return {
        "key": measure.key,
        "label": str(measure.label),
        "description": str(measure.description),
        "unit": measure.unit,
        "direction": measure.direction,
        "currency": current_company().currency if measure.unit == "money" else None,
        "snapshot": all(part.snapshot for part in parts),
        "by": [*STARTS, *PEOPLE, *shared],
        "filters": [*PEOPLE, *shared],
        "numerator": measure.numerator if isinstance(measure, Ratio) else None,
        "denominator": measure.denominator if isinstance(measure, Ratio) else None,
    }


def amount(measure: Measure | Ratio, value: Decimal | None) -> str | int | None:
    """A figure on the wire: an integer for a count, else decimal text, money in major units."""
    if value is None:
        return None
    divided = isinstance(measure, Ratio)
    if measure.unit == "money":
        currency = current_company().currency
        places = precision(currency)
        return _fixed(from_minor(1, currency) * value, max(places, PLACES) if divided else places)
    if divided or measure.unit in ("ratio", "days"):
        return _fixed(value, PLACES)
    if measure.unit == "count" and value == value.to_integral_value():
        return int(value)
    return f"{value.normalize():f}"


def _fixed(value: Decimal, places: int) -> str:
    return f"{value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"


def _item(
    measure: Measure | Ratio, parts: tuple[Measure, ...], by: tuple[str, ...], point: Point
) -> dict[str, Any]:
    item: dict[str, Any] = {}
    for name, key, label in zip(by, point.keys, point.labels, strict=True):
        if key is None:
            item[name] = None
        elif name in STARTS:
            item[name] = label
        elif target_of(parts, name) is not None:
            item[name] = {"id": key, "label": label}
        else:
            item[name] = key if isinstance(key, (bool, int)) else str(key)
    return item | {"value": amount(measure, point.value)}


def _period() -> tuple[date | None, date | None]:
    start, end = _day("from"), _day("to")
    if start and end and start > end:
        message = gettext("The period ends before it starts.")
        raise Invalid(gettext("Bad parameter."), errors={"to": [message]})
    return start, end


def _day(name: str) -> date | None:
    text = request.args.get(name)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = gettext("“%(text)s” is not a date such as 2026-01-31.", text=text)
        raise Invalid(gettext("Bad parameter."), errors={name: [message]}) from None


def _filters(*others: str) -> Mapping[str, Any]:
    """``key=value`` (repeated: alternatives), ``key__in=a,b`` and ``key__isnull=true``; all
    arguments but the ``others``."""
    found: dict[str, list[Any]] = {}
    for name, texts in request.args.lists():
        if name in others:
            continue
        key, _, operator = name.partition("__")
        if operator == "isnull":
            if any(text != "true" for text in texts):
                message = gettext("Only “true” can be asked for here.")
                raise Invalid(gettext("Bad parameter."), errors={name: [message]})
            values: list[Any] = [None]
        elif operator == "in":
            values = [part for text in texts for part in text.split(",")]
        elif operator:
            message = gettext("There is no “%(key)s” to filter by.", key=name)
            raise Invalid(gettext("Bad parameter."), errors={name: [message]})
        else:
            values = list(texts)
        found.setdefault(key, []).extend(values)
    return found
