"""Examples for the OpenAPI document: values that the fields of a model take."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from core.data.fields import FieldMeta, fields_of
from plugin_api.models import CompanyModel

_TEXTS = {
    "email": "name@example.com", "url": "https://example.com/", "phone": "+86 10 8888 6666",
    "date": "2026-03-01", "instant": "2026-03-01T08:15:00Z",
}  # fmt: skip


def new(model: type[CompanyModel]) -> dict[str, Any]:
    """What makes a record: what must be sent, and what is sent most."""
    return {
        meta.name: value_of(meta)
        for meta in fields_of(model).values()
        if not meta.readonly and meta.custom is None
        if meta.required or meta.kind in ("text", "choice", "money", "date")
    }


def change(model: type[CompanyModel]) -> dict[str, Any]:
    """What changes one: a field, and the version that was read."""
    found = new(model)
    name = model.__title__ if model.__title__ in found else next(iter(found), None)
    return {"version": 3} | ({name: found[name]} if name else {})


def value_of(meta: FieldMeta) -> Any:
    """A value that a field takes, as it is sent."""
    if meta.is_currency:
        return "CNY"
    if meta.kind in _TEXTS:
        return _TEXTS[meta.kind]
    if meta.kind == "choice":
        current = [choice.value for choice in meta.choices if not choice.retired]
        return current[0] if current else None
    if meta.kind == "choices":
        return [choice.value for choice in meta.choices if not choice.retired][:2]
    if meta.kind in ("integer", "decimal", "percent", "money"):
        return _number(meta)
    if meta.kind == "boolean":
        return True
    if meta.kind == "reference":
        return 7
    text = f"Example {meta.name}"
    return text[: meta.length] if meta.length else text


def _number(meta: FieldMeta) -> Any:
    least = 0 if meta.minimum is None else meta.minimum
    wanted = max(Decimal(25), Decimal(least))
    if meta.maximum is not None:
        wanted = min(wanted, Decimal(meta.maximum))
    if meta.kind == "integer":
        return int(wanted)
    return f"{wanted}.00" if meta.kind == "money" else f"{wanted:f}"
