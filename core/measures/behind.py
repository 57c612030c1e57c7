"""``behind=``: the records behind a figure, as one argument of a list's address.

::

    crm.won_amount?from=2026-10-01&to=2026-10-31&by.user=7

The question stands there and not its answer: it is as long for five thousand records as for one,
and the list shows what is behind the figure when it is looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode

from plugin_api.context import gettext

NAME = "behind"
PREFIX = "by."
"""Before the name of a filter."""
LONGEST = 4000


@dataclass(frozen=True, kw_only=True, slots=True)
class Behind:
    """Of which measure; both days are included; values of one filter are alternatives, None for
    those without one."""

    key: str
    start: date | None = None
    end: date | None = None
    filters: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)


def write(asked: Behind) -> str:
    """The argument that :func:`read` reads as the same."""
    days = [("from", asked.start), ("to", asked.end)]
    pairs = [(name, day.isoformat()) for name, day in days if day is not None]
    pairs += [
        (f"{PREFIX}{key}", "" if value is None else _plain(value))
        for key, values in asked.filters.items()
        for value in values
    ]
    return f"{asked.key}?{urlencode(pairs)}" if pairs else asked.key


def read(text: str) -> Behind:
    """What an argument asks for. Raises ValueError in words."""
    key, _mark, rest = text.partition("?")
    days: dict[str, date] = {}
    filters: dict[str, tuple[Any, ...]] = {}
    if len(text) > LONGEST:
        raise ValueError(gettext("These are too many conditions for one address."))
    for name, value in parse_qsl(rest, keep_blank_values=True):
        if name in ("from", "to"):
            days[name] = _day(value)
        elif name.startswith(PREFIX):
            key_of = name.removeprefix(PREFIX)
            filters[key_of] = (*filters.get(key_of, ()), value or None)
        else:
            raise ValueError(gettext("There is no “%(key)s” to filter by.", key=name))
    return Behind(key=key, start=days.get("from"), end=days.get("to"), filters=filters)


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = gettext("“%(text)s” is not a date such as 2026-01-31.", text=text)
        raise ValueError(message) from None
