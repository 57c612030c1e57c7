"""Whether values fit their fields, whichever way they come in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.attributes import instance_state

from core.access.fields import Limits, limits_of
from core.data import masks, several, texts
from core.data.fields import (
    TEXTUAL,
    FieldMeta,
    fields_of,
    put,
    value_of,
)
from core.data.numbers import LARGEST, LARGEST_MONEY
from core.data.shapes import Shape, shape_of
from plugin_api.context import Text, current_actor_or_none, gettext
from plugin_api.errors import Invalid, Refused
from plugin_api.models import Base

Errors = dict[str, list[Text]]
"""View name of a field → what is wrong with its value."""

N = TypeVar("N", int, Decimal)
NONE: frozenset[str] = frozenset()
NUMBERED = ("email", "phone")
"""Kinds of which no value has the stars of a mask."""
_FORMATS: Mapping[str, Callable[[str], str]] = {
    "email": texts.email,
    "phone": texts.phone,
    "url": texts.url,
}


def state_of(record: Base) -> dict[str, Any]:
    """What a record holds, by view name; references as ids."""
    return state_in(record, shape_of(type(record)))


def state_in(record: Base, shape: Shape) -> dict[str, Any]:
    """The same, of a model whose shape is at hand."""
    held = record.__dict__
    if instance_state(record).key is None:
        # It was never written: there is nothing to read of what was not said.
        state = {n: held.get(a) for n, a in shape.columns}
    else:
        state = {n: held[a] if a in held else getattr(record, a) for n, a in shape.columns}
    if shape.added:
        state |= {meta.name: value_of(record, meta) for meta in shape.added}
    return state


def shown_state_of(record: Base) -> dict[str, Any]:
    """The same as far as the actor sees it."""
    return {name: value_of(record, meta) for name, meta in fields_of(type(record)).items()}


def difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What differs between two states: view name → (old, new)."""
    return {name: (old.get(name), value) for name, value in new.items() if old.get(name) != value}


def accept(
    model: type[Base], values: Mapping[str, Any], takes: Collection[str] | None = None
) -> tuple[dict[str, Any], Errors]:
    """Values by view name as the columns hold them, and what is wrong with the others.

    ``takes`` are the only fields that may be set, even when read-only; without it, all that
    are not.
    """
    limits = limits_of(model, current_actor_or_none())
    return accept_in(shape_of(model), limits, values, takes)


def accept_in(
    shape: Shape,
    limits: Limits | None,
    values: Mapping[str, Any],
    takes: Collection[str] | None = None,
) -> tuple[dict[str, Any], Errors]:
    """The same, where shape and limits are at hand."""
    hidden, kept = (limits.hidden, limits.kept) if limits else (NONE, NONE)
    partly = limits.masked if limits else NONE
    taken: dict[str, Any] = {}
    errors: Errors = {}
    for key, value in values.items():
        meta = shape.by_key.get(key)
        if meta is None or meta.name in hidden:
            errors[key] = [gettext("There is no such field.")]
        elif meta.name in kept or (meta.readonly if takes is None else meta.name not in takes):
            errors[meta.name] = [gettext("This cannot be set.")]
        else:
            try:
                if (meta.name in partly or meta.kind in NUMBERED) and masks.looks_masked(value):
                    raise ValueError(masks.refusal())
                taken[meta.name] = clean(meta, value)
            except ValueError as error:
                errors[meta.name] = [str(error)]
    return taken, errors


def recheck(record: Base, checked: Mapping[str, Any]) -> Errors:
    """What is wrong with a record that code has completed since ``checked`` was sound.

    Values that code has set are brought into the form that the column keeps.
    """
    return recheck_in(record, checked, shape_of(type(record)))


def recheck_in(record: Base, checked: Mapping[str, Any], shape: Shape) -> Errors:
    """The same, of a model whose shape is at hand."""
    errors: Errors = {}
    state = state_in(record, shape)
    for name, meta in shape.metas.items():
        value = state[name]
        known = checked.get(name)
        if value is not None and value is not known and known != value:
            try:
                kept = clean(meta, value)
            except ValueError as error:
                errors[name] = [str(error)]
                continue
            if kept != value:
                put(record, meta, kept)
                value = kept
        if value is None and meta.required and (not meta.nullable or known is not None):
            errors[name] = [gettext("A value is needed.")]
    return errors


@contextmanager
def whole(record: Base) -> Iterator[None]:
    """Hooks count on what must be there: where one stumbles while that is missing, what is missing
    is told. Raises Invalid."""
    try:
        yield
    except (Refused, DBAPIError):
        raise
    except Exception:
        metas = shape_of(type(record)).metas.values()
        state = state_of(record)
        refuse(
            {
                meta.name: [gettext("A value is needed.")]
                for meta in metas
                if meta.required and not meta.readonly and state[meta.name] is None
            }
        )
        raise


def unsaid(model: type[Base], draft: Mapping[str, Any]) -> Errors:
    """Fields that the company asks for of a new record and that nobody has filled in."""
    return {
        name: [gettext("A value is needed.")]
        for name, meta in fields_of(model).items()
        if meta.required and meta.nullable and not meta.readonly and draft.get(name) is None
    }


def refuse(errors: Errors) -> None:
    """Raise Invalid when there are any."""
    if errors:
        raise Invalid(gettext("Some fields need another look."), errors=errors)


def clean(meta: FieldMeta, value: Any) -> Any:
    """The value as the column holds it; an empty text is None. Raises ValueError in words."""
    if value is None:
        return None
    kind = "text" if meta.kind in TEXTUAL else meta.kind
    return _CLEANERS[kind](meta, value)


def _text(meta: FieldMeta, value: Any) -> str | None:
    if not isinstance(value, str):
        raise ValueError(gettext("Expected a text."))
    if value == "":
        return None
    if meta.is_currency:
        return texts.currency_code(value)
    text = _FORMATS.get(meta.kind, texts.storable)(texts.storable(value))
    if meta.length is not None and len(text) > meta.length:
        raise ValueError(gettext("At most %(length)s characters.", length=meta.length))
    return text


def _id(value: Any) -> int:
    """The id itself, or that of a record or of a reference that a query has found."""
    id_ = getattr(value, "id", value)
    if isinstance(id_, bool) or not isinstance(id_, int):
        raise ValueError(gettext("Expected the number of a record."))
    return id_


def _decimal(meta: FieldMeta, value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError(gettext("Expected a number."))
    try:
        number = Decimal(value).quantize(Decimal(1).scaleb(-meta.scale), ROUND_HALF_UP)
        fits = abs(number.scaleb(meta.scale)) <= LARGEST
    except InvalidOperation:
        fits = False
    if not fits:
        raise ValueError(gettext("The number is too large."))
    return number


def _within(meta: FieldMeta, number: N) -> N:
    if abs(number) > (LARGEST_MONEY if meta.kind == "money" else LARGEST):
        raise ValueError(gettext("The number is too large."))
    if meta.minimum is not None and number < meta.minimum:
        raise ValueError(gettext("At least %(minimum)s.", minimum=meta.minimum))
    if meta.maximum is not None and number > meta.maximum:
        raise ValueError(gettext("At most %(maximum)s.", maximum=meta.maximum))
    return number


def _whole(meta: FieldMeta, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(gettext("Expected a whole number."))
    return _within(meta, value)


def _boolean(meta: FieldMeta, value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(gettext("Expected yes or no."))
    return value


def _date(meta: FieldMeta, value: Any) -> dt.date:
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        raise ValueError(gettext("Expected a date."))
    return value


def _instant(meta: FieldMeta, value: Any) -> dt.datetime:
    if not isinstance(value, dt.datetime) or value.tzinfo is None:
        raise ValueError(gettext("Expected a time with its zone."))
    return value.astimezone(dt.UTC)


def _choice(meta: FieldMeta, value: Any) -> str | None:
    if value == "":
        return None
    if value not in [choice.value for choice in meta.choices]:
        raise ValueError(gettext("Choose one of the values."))
    return str(value)


def _choices(meta: FieldMeta, value: Any) -> str | None:
    if not isinstance(value, str):
        raise ValueError(gettext("Expected a text."))
    known = {choice.value for choice in meta.choices}
    if not known.issuperset(several.parts(value)):
        raise ValueError(gettext("Choose one of the values."))
    return several.joined(meta, several.parts(value))


_CLEANERS: Mapping[str, Callable[[FieldMeta, Any], Any]] = {
    "text": _text,
    "reference": lambda meta, value: _id(value),
    "integer": _whole,
    "money": _whole,
    "decimal": lambda meta, value: _within(meta, _decimal(meta, value)),
    "percent": lambda meta, value: _within(meta, _decimal(meta, value)),
    "boolean": _boolean,
    "date": _date,
    "instant": _instant,
    "choice": _choice,
    "choices": _choices,
    "json": lambda meta, value: value,
}
