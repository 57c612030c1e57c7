"""Addresses of the generic pages, and of the same page in another state."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from flask import has_request_context, request
from werkzeug.datastructures import MultiDict

from plugin_api.models.base import Base

Arguments = MultiDict[str, str]
MATCH = "__match"
"""Ends an argument of the filter bar alone: how the values that ``__in`` carries are meant."""


def collection_url(model: type[Base]) -> str:
    """Address of a model's list; empty for a model without pages."""
    if not model.__collection__:
        return ""
    # A job has no request; its links lead where the site itself begins.
    root = request.script_root if has_request_context() else ""
    return f"{root}/{model.plugin_id()}/{model.__collection__}"


def record_url(model: type[Base], record_id: int) -> str:
    """Address of a record's form; empty for a model without pages."""
    path = collection_url(model)
    return f"{path}/{record_id}" if path else ""


def with_query(path: str, arguments: Iterable[tuple[str, str]]) -> str:
    """An address with a query, commas left readable."""
    query = urlencode(list(arguments), safe=",")
    return f"{path}?{query}" if query else path


def state_url(path: str, arguments: Arguments, **changes: str | None) -> str:
    """The same page with some arguments changed; None or empty takes one away.

    The page's place in the list goes with it: another order or filter starts anew.
    """
    changes.setdefault("cursor", None)
    kept = [(k, v) for k, v in arguments.items(multi=True) if k not in changes]
    return with_query(path, kept + [(k, v) for k, v in changes.items() if v])


def canonical(arguments: Arguments) -> Arguments:
    """Arguments as they should stand in the address bar.

    Empty ones are left out, repeated ones joined by commas, a record that was picked
    (``account``, ``account__id``, ``account__label``) is named by its id, and values that are
    ticked with a way to match them (``tags__in``, ``tags__match=all``) are asked for in that way
    (``tags__all``).
    """
    made: Arguments = MultiDict()
    arguments = _matched(arguments)
    for name in arguments:
        if name.endswith("__label"):
            continue
        if name.endswith("__id"):
            continue
        value = ",".join(v.strip() for v in arguments.getlist(name) if v.strip())
        picked = arguments.get(f"{name}__id", "").strip()
        if picked and value == arguments.get(f"{name}__label", "").strip():
            value = picked
        if value:
            made[name] = value
    return made


def _matched(arguments: Arguments) -> Arguments:
    """Arguments in which no ``__match`` is left."""
    ways = {name.removesuffix(MATCH): way for name, way in arguments.items()
            if name.endswith(MATCH)}  # fmt: skip
    if not ways:
        return arguments
    renamed = {f"{field}__in": f"{field}__{way}" for field, way in ways.items() if way}
    return MultiDict(
        (renamed.get(name, name), value)
        for name, value in arguments.items(multi=True)
        if not name.endswith(MATCH)
    )
