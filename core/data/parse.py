"""A field's value out of what came in: text that people type or files hold, and JSON.

Both raise Rejected, naming the field, with the reason in words. Whether a field may be set
at all, and whether a record that is referred to may be, is for the write path to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from flask_babel import force_locale, get_babel

from core.data import dates, finding, masks, numbers, several, texts
from core.data.fields import TEXTUAL, FieldMeta, all_fields
from plugin_api.context import current_company, gettext
from plugin_api.errors import Rejected
from plugin_api.models import model_of

Record = Mapping[str, Any]
"""What else is known of the record, by field name: its currency, what a reference must fit."""

_LINES = re.compile(r"\s*[\r\n\t\v\f\x1c-\x1e\x85\u2028\u2029]+\s*")
_DECIMAL = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
_PLAUSIBLE: Mapping[str, Callable[[str], str]] = {
    "email": texts.email,
    "phone": texts.phone,
    "url": texts.url,
}
_labels: WeakKeyDictionary[FieldMeta, Mapping[str, str | None]] = WeakKeyDictionary()


def parse_value(
    meta: FieldMeta, text: str, *, record: Record | None = None, date_format: str | None = None
) -> Any:
    """The value that a text means; None for an empty one.

    Amounts are in major units of the record's currency, else the company's. Dates are ISO or
    year first, or as ``date_format`` (of strptime) says. A reference is named by a field of
    its ``__find_by__``, or by its number: ``#12``. Raises Rejected.
    """
    try:
        storable = texts.storable(text)
        if not storable.strip():
            return _empty(meta)
        return _within(meta, _read(meta, storable, record or {}, date_format))
    except ValueError as error:
        raise Rejected(meta.name, str(error)) from None


def parse_json(meta: FieldMeta, value: Any, *, record: Record | None = None) -> Any:
    """The value that JSON means.

    Amounts are in major units, as text or number; exact numbers likewise. A reference is an
    id, ``{"id": 7}``, or ``{"<field>": "…"}`` that finds it. Raises Rejected.
    """
    try:
        if value is None or (isinstance(value, str) and not value.strip()):
            return _empty(meta)
        return _within(meta, _from_json(meta, value, record or {}))
    except ValueError as error:
        raise Rejected(meta.name, str(error)) from None


def currency_of(meta: FieldMeta, record: Record) -> str:
    """Currency of an amount: its record's, else the company's."""
    named = record.get(meta.currency_field) if meta.currency_field else None
    return str(named or current_company().currency)


def _empty(meta: FieldMeta) -> None:
    if meta.required:
        raise ValueError(gettext("A value is needed."))


def _read(meta: FieldMeta, text: str, record: Record, date_format: str | None) -> Any:
    if meta.kind in TEXTUAL:
        return _text(meta, text)
    if meta.kind == "integer":
        return numbers.steps(numbers.number(text), 0)
    if meta.kind in ("decimal", "percent"):
        read = numbers.percentage if meta.kind == "percent" else numbers.number
        return _exact(meta, read(text))
    if meta.kind == "money":
        currency = currency_of(meta, record)
        return numbers.minor_units(numbers.amount(text, currency), currency)
    if meta.kind == "boolean":
        return texts.yes_or_no(text)
    if meta.kind == "date":
        return dates.day(text, date_format)
    if meta.kind == "instant":
        return dates.moment(text, ZoneInfo(current_company().timezone), date_format)
    if meta.kind == "choice":
        return _offered(meta, _choice(meta, text.strip()), record)
    if meta.kind == "choices":
        named = several.read(text, lambda part: _choice(meta, part))
        return several.joined(meta, [_offered(meta, each, record) for each in named])
    if meta.kind == "reference":
        return finding.find(meta.target or "", text, where=_where(meta, record))
    raise ValueError(gettext("This cannot be entered."))


def _from_json(meta: FieldMeta, value: Any, record: Record) -> Any:
    if meta.kind == "json":
        return value
    if meta.kind == "reference":
        return _reference(meta, value, record)
    if meta.kind == "boolean":
        if not isinstance(value, bool):
            raise ValueError(gettext("Expected true or false."))
        return value
    if meta.kind in ("integer", "decimal", "percent", "money"):
        return _number(meta, value, record)
    if meta.kind == "choices":
        return _several(meta, value, record)
    if not isinstance(value, str):
        raise ValueError(gettext("Expected a text."))
    texts.storable(value)
    if meta.kind == "date":
        return dates.day(value)
    if meta.kind == "instant":
        return dates.moment(value, ZoneInfo("UTC"), with_zone=True)
    if meta.kind == "choice":
        if value not in {choice.value for choice in meta.choices}:
            raise _no_choice(meta, value)
        return _offered(meta, value, record)
    return _text(meta, value)


def _several(meta: FieldMeta, value: Any, record: Record) -> str | None:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ValueError(gettext("Expected a list of texts."))
    known = {choice.value for choice in meta.choices}
    for each in value:
        if each not in known:
            raise _no_choice(meta, texts.storable(each))
    if not value:
        _empty(meta)
    return several.joined(meta, [_offered(meta, each, record) for each in value])


def _text(meta: FieldMeta, text: str) -> str:
    text = text.strip()
    if meta.kind != "longtext":
        text = _LINES.sub(" ", text)
    if meta.is_currency:
        text = texts.currency_code(text)
    elif meta.kind in _PLAUSIBLE and not masks.looks_masked(text):
        text = _PLAUSIBLE[meta.kind](text)
    if meta.length is not None and len(text) > meta.length:
        message = gettext(
            "At most %(most)s characters; these are %(count)s.", most=meta.length, count=len(text)
        )
        raise ValueError(message)
    return text


def _number(meta: FieldMeta, value: Any, record: Record) -> Any:
    currency = currency_of(meta, record) if meta.kind == "money" else ""
    number = _decimal(meta, value)
    if meta.kind == "money":
        return numbers.minor_units(number, currency)
    return numbers.steps(number, 0) if meta.kind == "integer" else _exact(meta, number)


def _decimal(meta: FieldMeta, value: Any) -> Decimal:
    """A JSON number, or for what JSON numbers are too coarse for, plain decimal text."""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        if isinstance(value, int) and abs(value) > numbers.LARGEST:
            raise ValueError(gettext("The number is too large."))
        return value if isinstance(value, Decimal) else Decimal(str(value))
    if isinstance(value, str) and meta.kind != "integer" and len(value) <= 100:
        try:
            return Decimal(value.strip() if _DECIMAL.fullmatch(value.strip()) else "-")
        except InvalidOperation:
            pass
    raise ValueError(gettext("Expected a number."))


def _exact(meta: FieldMeta, value: Decimal) -> Decimal:
    return Decimal(numbers.steps(value, meta.scale)).scaleb(-meta.scale)


def _within(meta: FieldMeta, value: Any) -> Any:
    if meta.minimum is not None and value < meta.minimum:
        raise ValueError(gettext("At least %(minimum)s.", minimum=meta.minimum))
    if meta.maximum is not None and value > meta.maximum:
        raise ValueError(gettext("At most %(maximum)s.", maximum=meta.maximum))
    return value


def _reference(meta: FieldMeta, value: Any, record: Record) -> int:
    if isinstance(value, dict) and "id" in value:
        value = value["id"]
    if isinstance(value, int) and not isinstance(value, bool):
        if not 0 < value <= numbers.LARGEST:
            raise ValueError(gettext("There is no record with this id."))
        return value
    if not isinstance(value, dict) or len(value) != 1:
        raise ValueError(gettext("Expected an id, or an object that names the record."))
    field, text = next(iter(value.items()))
    try:
        target = model_of(meta.target or "")
    except LookupError:
        target = None
    known = (*target.__find_by__, target.__title__) if target is not None else ()
    if field not in known or not isinstance(text, str):
        message = gettext(
            "Name the record by its id or one of: %(fields)s.",
            fields=", ".join(dict.fromkeys(known)),
        )
        raise ValueError(message)
    where = _where(meta, record)
    return finding.find(meta.target or "", text, fields=(field,), where=where)


def _where(meta: FieldMeta, record: Record) -> dict[str, Any]:
    """What the record that is meant must have, as far as that is known."""
    found = {}
    for theirs, ours in meta.narrow.items():
        value = record.get(ours)
        if value is not None:
            found[theirs] = getattr(value, "id", value)
    if not found:
        return {}
    known = all_fields(model_of(meta.target or ""))
    return {name: value for name, value in found.items() if name in known}


def _choice(meta: FieldMeta, text: str) -> str:
    """By value, else by label in whatever language, capitals or not."""
    if any(choice.value == text for choice in meta.choices):
        return text
    names = _labels.get(meta) or _names_of_choices(meta)
    if not callable(meta.offered):
        _labels[meta] = names
    found = names.get(texts.narrow(text).casefold())
    if found is None:
        raise _no_choice(meta, text)
    return found


def _offered(meta: FieldMeta, value: str, record: Record) -> str:
    """What is retired stays where it is, and comes nowhere else."""
    retired = next((c for c in meta.choices if c.value == value and c.retired), None)
    held = record.get(meta.name)
    if retired is not None and value not in (
        several.parts(held) if meta.kind == "choices" else (held,)
    ):
        raise ValueError(gettext("“%(value)s” is not used any more.", value=retired.label))
    return value


def _names_of_choices(meta: FieldMeta) -> dict[str, str | None]:
    """Label or value → value; None where a label stands for several."""
    made: dict[str, str | None] = {}
    for locale in {"en", *(str(each) for each in get_babel().instance.list_translations())}:
        with force_locale(locale):
            for choice in meta.choices:
                label = texts.narrow(str(choice.label)).casefold()
                made[label] = (
                    choice.value if made.get(label, choice.value) == choice.value else None
                )
    return made | {choice.value.casefold(): choice.value for choice in meta.choices}


def _no_choice(meta: FieldMeta, text: str) -> ValueError:
    allowed = ", ".join(choice.value for choice in meta.choices if not choice.retired)
    message = gettext(
        "“%(value)s” is none of: %(allowed)s.", value=texts.short(text), allowed=allowed
    )
    return ValueError(message)
