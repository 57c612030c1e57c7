"""Values as the reader sees them, and as inputs hold them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from core.data import several
from core.data.fields import FieldMeta
from core.data.query import Ref
from core.views.page import EMPTY, Cell
from core.views.urls import record_url
from core.web import formats
from plugin_api.context import current_company, gettext
from plugin_api.models import model_of
from plugin_api.money import from_minor

NUMERIC = frozenset({"integer", "decimal", "percent", "money"})


def currency_of(meta: FieldMeta, values: Mapping[str, Any]) -> str:
    """Currency of a money field: of its own record, else the company's."""
    named = values.get(meta.currency_field) if meta.currency_field else None
    return str(named or current_company().currency)


def cell(meta: FieldMeta, values: Mapping[str, Any]) -> Cell:
    """A field of a record in words and digits; ``values`` is the whole row."""
    value = values.get(meta.name)
    if value is None or value == "":
        return EMPTY
    if isinstance(value, Ref):
        model = model_of(meta.target or "")
        return Cell(text=str(value.label), kind=meta.kind, href=record_url(model, value.id))
    if meta.kind == "choice":
        found = next((c for c in meta.choices if c.value == value), None)
        if found is None:
            return Cell(text=str(value), kind=meta.kind, tone="neutral")
        return Cell(text=str(found.label), kind=meta.kind, tone=found.tone)
    if meta.kind == "choices":
        badges = tuple((str(c.label), c.tone) for c in several.chosen(meta, value))
        return Cell(text=said(badge[0] for badge in badges), kind=meta.kind, badges=badges)
    return Cell(text=words(meta, value, currency_of(meta, values)), kind=meta.kind)


def said(labels: Iterable[str]) -> str:
    """Labels of several choices, one after the other."""
    return str(gettext(", ")).join(labels)


def words(meta: FieldMeta, value: Any, currency: str) -> str:
    """A plain value in the reader's language."""
    if isinstance(value, bool):
        return str(gettext("Yes") if value else gettext("No"))
    if meta.kind == "money":
        return formats.money(value, currency)
    if meta.kind == "percent":
        return formats.percent(value)
    if isinstance(value, int | Decimal):
        return formats.number(value)
    if isinstance(value, dt.datetime):
        return formats.instant(value)
    if isinstance(value, dt.date):
        return formats.date(value)
    return str(value)


def input_text(meta: FieldMeta, value: Any, currency: str) -> str:
    """A value as the text of its input: what the parser reads back as the same value."""
    if value is None:
        return ""
    if isinstance(value, Ref):
        return str(value.label)
    if isinstance(value, bool):
        return "true" if value else "false"
    if meta.kind == "choices":
        return several.joined(meta, several.parts(value)) or ""
    if meta.kind == "money":
        return f"{from_minor(value, currency):,f}"
    if isinstance(value, Decimal):
        plain = f"{value:f}"
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    if isinstance(value, dt.datetime):
        return f"{formats.local(value):%Y-%m-%dT%H:%M}"
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)
