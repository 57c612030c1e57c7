"""The filter bar: what may be asked of a list, and what is asked of it now, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from core.data.fields import FieldMeta
from core.views import cells, periods
from core.views.page import Filter, Option
from core.views.periods import READY
from core.views.urls import Arguments, collection_url, state_url
from core.web import formats
from plugin_api import host
from plugin_api.context import gettext
from plugin_api.models import model_of

STATE = frozenset({"q", "sort", "view", "cursor", "limit", "parent", "count", "fields"})
"""Arguments of a list that name no field."""


def field_of(argument: str) -> str:
    """The field that an argument is about: ``amount__gte`` is about ``amount``."""
    return argument.partition("__")[0]


def filter_bar(
    path: str, arguments: Arguments, metas: Mapping[str, FieldMeta], names: Sequence[str]
) -> tuple[Filter, ...]:
    """Controls of the declared filters, and of every other field that is asked for."""
    asked = [field_of(name) for name in arguments if name not in STATE]
    wanted = [name for name in dict.fromkeys([*names, *asked]) if name in metas]
    return tuple(_control(path, arguments, metas[name]) for name in wanted)


def is_filtered(arguments: Arguments) -> bool:
    """Whether a search or a filter narrows the list."""
    return any(name == "q" or name not in STATE for name in arguments)


def cleared(path: str, arguments: Arguments) -> str:
    """The same page without search and filters."""
    drop: dict[str, str | None] = {
        name: None for name in arguments if name == "q" or name not in STATE
    }
    return state_url(path, arguments, **drop)


def _control(path: str, arguments: Arguments, meta: FieldMeta) -> Filter:
    drop: dict[str, str | None] = {n: None for n in arguments if field_of(n) == meta.name}
    clear = state_url(path, arguments, **drop) if drop else ""
    if meta.kind == "choice":
        return _options(arguments, meta, clear)
    if meta.kind == "boolean":
        return _yes_no(arguments, meta, clear)
    if meta.kind == "reference":
        return _reference(arguments, meta, clear)
    if meta.kind in ("date", "instant"):
        return _dates(path, arguments, meta, clear)
    if meta.kind in cells.NUMERIC:
        low, high = _bounds(arguments, meta)
        return Filter(
            name=meta.name, label=str(meta.label), shape="range", low=low, high=high,
            summary=_span(low, high), clear_href=clear,
        )  # fmt: skip
    value = arguments.get(f"{meta.name}__contains", arguments.get(meta.name, ""))
    return Filter(
        name=meta.name, label=str(meta.label), shape="text", value=value, summary=value,
        clear_href=clear,
    )  # fmt: skip


def _options(arguments: Arguments, meta: FieldMeta, clear: str) -> Filter:
    text = arguments.get(f"{meta.name}__in") or arguments.get(meta.name, "")
    chosen = set(text.split(",")) - {""}
    options = tuple(
        Option(value=c.value, label=str(c.label), selected=c.value in chosen)
        for c in meta.choices
    )
    summary = ", ".join(option.label for option in options if option.selected) or text
    return Filter(
        name=meta.name, label=str(meta.label), shape="options", options=options,
        summary=summary, clear_href=clear,
    )  # fmt: skip


def _yes_no(arguments: Arguments, meta: FieldMeta, clear: str) -> Filter:
    value = arguments.get(meta.name, "")
    labels = {"": gettext("Any"), "true": gettext("Yes"), "false": gettext("No")}
    return Filter(
        name=meta.name,
        label=str(meta.label),
        shape="yesno",
        options=tuple(
            Option(value=v, label=str(text), selected=v == value) for v, text in labels.items()
        ),
        summary=str(labels.get(value, value)) if value else "",
        clear_href=clear,
    )


def _reference(arguments: Arguments, meta: FieldMeta, clear: str) -> Filter:
    value, target = arguments.get(meta.name, ""), meta.target or ""
    label = value
    if value.isascii() and value.isdigit():
        label = str(host().title_of(target, int(value))) or value
    if arguments.get(f"{meta.name}__isnull") == "true":
        label = gettext("Empty")
    return Filter(
        name=meta.name,
        label=str(meta.label),
        shape="reference",
        value=value,
        summary=label,
        clear_href=clear,
        lookup=f"{collection_url(model_of(target))}/lookup",
    )


def _dates(path: str, arguments: Arguments, meta: FieldMeta, clear: str) -> Filter:
    low, high = _bounds(arguments, meta)
    chosen = arguments.get(f"{meta.name}__period", "")
    names = READY if chosen in ("", *READY) else (*READY, chosen)
    bare: dict[str, str | None] = {n: None for n in arguments if field_of(n) == meta.name}
    options = tuple(
        Option(
            value=name,
            label=periods.label_of(name),
            selected=name == chosen,
            href=state_url(path, arguments, **bare | {f"{meta.name}__period": name}),
        )
        for name in names
    )
    return Filter(
        name=meta.name,
        label=str(meta.label),
        shape="range",
        input_type="date",
        low=low,
        high=high,
        options=options,
        summary=periods.label_of(chosen) if chosen else _span(_day(low), _day(high)),
        clear_href=clear,
    )


def _bounds(arguments: Arguments, meta: FieldMeta) -> tuple[str, str]:
    exact = arguments.get(meta.name, "")
    low = arguments.get(f"{meta.name}__gte", exact)
    return low, arguments.get(f"{meta.name}__lte", exact)


def _span(low: str, high: str) -> str:
    if low and high:
        return low if low == high else f"{low} – {high}"
    return f"≥ {low}" if low else f"≤ {high}" if high else ""


def _day(text: str) -> str:
    try:
        return formats.date(date.fromisoformat(text))
    except ValueError:
        return text
