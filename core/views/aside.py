"""Records that are put aside: archived, no longer sold, gone. Pages begin without them.

What a page begins with is a filter like any other: its control shows it, a link carries it.
"""

from __future__ import annotations

from core.views.state import ALL, field_of
from core.views.urls import Arguments, collection_url, with_query
from plugin_api.models import Base

BOTH = "true,false"
"""Asked of the field by ``__in``: records that are put aside as well as the others."""


def field_for(model: type[Base]) -> str:
    """The yes/no field that puts records aside; empty for a model that has none."""
    return model.__aside__[0] if model.__aside__ else ""


def usual(model: type[Base]) -> dict[str, str]:
    """The filter that leaves out what is put aside."""
    if model.__aside__ is None:
        return {}
    name, value = model.__aside__
    return {name: str(not value).lower()}


def begun(model: type[Base], arguments: Arguments) -> Arguments:
    """What a page shows when its address asks for nothing yet."""
    if arguments.keys() - {"view"} and arguments.get("saved") != ALL:
        return arguments
    return Arguments({**arguments.to_dict(), **usual(model)})


def is_usual(model: type[Base], name: str, value: str) -> bool:
    """Whether an argument is the filter that pages begin with."""
    return usual(model).get(name) == value


def without(model: type[Base], arguments: Arguments) -> Arguments:
    """Arguments but for the filter that pages begin with."""
    kept = [(n, v) for n, v in arguments.items(multi=True) if not is_usual(model, n, v)]
    return Arguments(kept)


def unless_asked(model: type[Base], arguments: Arguments) -> Arguments:
    """For pickers: leave out what is put aside, unless the address says something of it."""
    name = field_for(model)
    if any(field_of(argument) == name for argument in arguments):
        return arguments
    return Arguments({**arguments.to_dict(), **usual(model)})


def lookup_of_all(model: type[Base]) -> str:
    """Where a picker that filters asks: what is put aside may be asked for as well."""
    name = field_for(model)
    return with_query(f"{collection_url(model)}/lookup", [(f"{name}__in", BOTH)] if name else [])
