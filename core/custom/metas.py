"""Custom fields as the rest of the host knows fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from core.custom import stored, words
from core.custom.memory import definitions
from core.data.meta import FieldMeta
from core.hosting.derive import fields_of as described
from core.hosting.enabled import enabled_set
from plugin_api.context import current_company, today
from plugin_api.models import Base, Choice

TODAY = frozenset({"today", "今天"})


def held(model: type[Base]) -> dict[str, Any] | None:
    """Where to keep what is made of a model's fields; None for a model without custom ones."""
    known = definitions()
    if not known.rows or model.model_key() not in known.rows:
        return None
    kept: dict[str, Any] = known.made.setdefault((model, enabled_set(current_company())), {})
    return kept


def active(model: type[Base]) -> Mapping[str, FieldMeta]:
    """By name: not archived, and none that refers to what a plugin that is off has."""
    on = enabled_set(current_company())
    return {
        meta.name: meta
        for meta, row in _both(model)
        if not row["archived"]
        and (meta.target is None or meta.target.partition(".")[0] in on)
        and meta.name not in described(model)
    }


def every(model: type[Base]) -> list[FieldMeta]:
    """Every custom field, archived or not."""
    return [meta for meta, _row in _both(model)]


def pointing_to(model_key: str) -> Iterator[tuple[str, FieldMeta]]:
    """(model key, field) of all that may refer to a model's records, archived ones too."""
    for key, rows in definitions().rows.items():
        for row in rows:
            if row["kind"] == "reference" and row["target"] == model_key:
                yield key, of_row(row)


def _both(model: type[Base]) -> list[tuple[FieldMeta, Mapping[str, Any]]]:
    known = definitions()
    rows = known.rows.get(model.model_key())
    if rows is None:
        return []
    key = (model, "every")
    if key not in known.made:
        currency = currency_field_of(model)
        known.made[key] = [(of_row(row, currency), row) for row in rows]
    found: list[tuple[FieldMeta, Mapping[str, Any]]] = known.made[key]
    return found


def currency_field_of(model: type[Base]) -> str | None:
    """The field that says in which currency a record's amounts are, if it has one."""
    infos = described(model)
    named = [info.currency_field for info in infos.values() if info.currency_field in infos]
    return next(iter(named), "currency" if "currency" in infos else None)


def of_row(row: Mapping[str, Any], currency_field: str | None = None) -> FieldMeta:
    """The field that a row defines."""
    kind = row["kind"]
    scale = row["scale"] if kind in ("decimal", "percent") else 0
    is_number = kind in ("integer", "decimal", "percent")
    lengths = {"longtext": stored.LONGTEXT_LENGTH, "text": stored.TEXT_LENGTH}
    in_record = kind == "money" and row["currency"] == "record"
    made = FieldMeta(
        name=row["name"],
        attribute=row["name"],
        type=stored.type_of(kind, scale),
        label=words.text_of(row, "label"),
        kind=kind,
        help=words.text_of(row, "help"),
        offered=tuple(
            Choice(
                value=option["value"],
                label=words.text_of(option, "label"),
                tone=option["tone"],
                retired=option["retired"],
            )
            for option in row.get("options", ())
        ),
        target=row["target"] if kind == "reference" else None,
        on_delete=row["on_delete"] if kind == "reference" else "restrict",
        required=bool(row["required"]),
        unique=bool(row["unique"]),
        scale=scale,
        currency_field=currency_field if in_record else None,
        minimum=row["minimum"] if is_number else None,
        maximum=row["maximum"] if is_number else None,
        length=lengths.get(kind, stored.TEXT_LENGTH if kind in ("email", "phone", "url") else None),
        custom=row["id"],
        section=row["section"] or "",
        searchable=bool(row["searchable"]),
        indexed=bool(row["indexed"]),
        filled=bool(row["indexed"] and row["filled"]),
        has_default=bool(row["initial"]),
    )
    return replace(made, default=_reader(made, row["initial"])) if row["initial"] else made


def _reader(meta: FieldMeta, text: str) -> Callable[[], Any]:
    """What a text means to a field, read each time: a day is today's."""

    def read() -> Any:
        from core.data.parse import parse_value

        if meta.kind == "date" and text.strip().lower() in TODAY:
            return today()
        return parse_value(meta, text)

    return read
