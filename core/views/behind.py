"""The records behind a figure, in words: ``Won amount · Rita · October 2026``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from core.data.numbers import whole
from core.host import services
from core.measures.behind import NAME, Behind, read
from core.measures.periods import end_of, label_of, start_of
from core.measures.statement import target_of
from core.views.names import Key, Names
from core.views.urls import Arguments
from core.web import formats
from plugin_api.context import current_company, gettext
from plugin_api.errors import NotFound


def keys_in(arguments: Arguments) -> Iterator[Key]:
    """The records that the figure's filters name."""
    asked = _asked(arguments)
    if asked is None:
        return
    for key, values in asked.filters.items():
        target = target_of(_parts(asked), key)
        numbers = (whole(str(value)) for value in values)
        yield from ((target, number) for number in numbers if target and number is not None)


def in_words(arguments: Arguments, names: Names) -> str:
    """What the address asks for by a figure; empty where it does not."""
    asked = _asked(arguments)
    if asked is None:
        return ""
    parts = _parts(asked)
    said = [str(services().measures.get(asked.key).label) if parts else asked.key]
    for key, values in asked.filters.items():
        said.append(", ".join(_one(asked, key, value, names) for value in values))
    if not parts or not all(part.snapshot for part in parts):
        said.append(_period(asked.start, asked.end))
    return " · ".join(each for each in said if each)


def _asked(arguments: Arguments) -> Behind | None:
    try:
        return read(arguments[NAME]) if NAME in arguments else None
    except ValueError:
        return None


def _parts(asked: Behind) -> tuple[Any, ...]:
    try:
        return services().measures.parts(asked.key)
    except NotFound:
        return ()


def _one(asked: Behind, key: str, value: Any, names: Names) -> str:
    parts = _parts(asked)
    dimension = parts[0].dimensions.get(key) if parts else None
    if value is None:
        labels = {"user": gettext("Person"), "team": gettext("Team"), "manager": gettext("Manager")}
        label = labels.get(key) or (dimension.label if dimension else key)
        return str(gettext("without: %(field)s", field=label))
    target, number = target_of(parts, key) if parts else None, whole(str(value))
    if target is not None and number is not None:
        return names.of(target, number)
    if dimension is not None and str(value) in dimension.labels:
        return str(dimension.labels[str(value)])
    if dimension is not None and value in ("true", "false"):
        return f"{dimension.label}: {gettext('Yes') if value == 'true' else gettext('No')}"
    return str(value)


def _period(start: date | None, end: date | None) -> str:
    """A month, quarter or year by its name, else the days."""
    if start is None or end is None:
        if start is not None:
            return str(gettext("since %(day)s", day=formats.date(start)))
        return str(gettext("until %(day)s", day=formats.date(end))) if end is not None else ""
    if start == end:
        return formats.date(start)
    fiscal = current_company().fiscal_year_start
    if start.day == 1 and end == end_of("month", start):
        return formats.date_in_parts(start, "yMMMM")
    for kind in ("week", "quarter", "year"):
        if start == start_of(kind, start, fiscal) and end == end_of(kind, start):
            return label_of(kind, start)
    return f"{formats.date(start)} – {formats.date(end)}"
