"""From a group, a bar or a cell to the list of exactly its records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from core.data.query import By, grouping
from core.views.state import PICTURED
from core.views.urls import Arguments, collection_url, state_url
from plugin_api.models import CompanyModel

GONE = ("view", "parent", "group", "fold", "on", "span", *PICTURED)


def records_url(
    model: type[CompanyModel], arguments: Arguments, groups: Iterable[tuple[By, Any]]
) -> str:
    """The list of the records that an address asks for and that lie in all of the groups."""
    asked = {name: value for name, value in arguments.items() if name not in GONE}
    for by, value in groups:
        _narrow(asked, by, value)
    return state_url(collection_url(model), Arguments(asked))


def _narrow(asked: dict[str, str], by: By, value: Any) -> None:
    """Days are cut to those that are asked for already; of alternatives the one is left."""
    name = by.meta.name
    if value is not None and not by.grain:
        for operator in ("in", "ne"):
            asked.pop(f"{name}__{operator}", None)
    for argument, text in grouping.arguments_of(by, value):
        known = asked.get(argument, "")
        later = max if argument.endswith("__gte") else min
        asked[argument] = later(known, text) if by.grain and _is_day(known) else text


def _is_day(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
