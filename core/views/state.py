"""What the address of a list says besides filters, and which of it belongs to what."""

from __future__ import annotations

from collections.abc import Iterable

from core.measures.behind import NAME
from core.views.urls import Arguments, state_url

ALL = "all"
"""As ``saved=``: the list as it is, though another view opens first."""

NARROWING = frozenset({"q", "scope", "where", NAME})
"""Arguments that name no field and yet narrow the list."""

PICTURED = ("by", "split", "figure", "draw", "rows", "cols")
"""Arguments that say what a chart or pivot shows."""

SHOWING = frozenset(
    {
        "sort",
        "totals",
        "view",
        "parent",
        "group",
        "columns",
        "fold",
        "show",
        "saved",
        "on",
        "span",
        *PICTURED,
    }
)
"""Arguments that choose how the same records are shown."""

PAGING = frozenset({"cursor", "limit", "count", "fields"})

STATE = NARROWING | SHOWING | PAGING
"""Arguments of a list that name no field."""

PASSED = NARROWING | PAGING | {"sort"}
"""Those that the query builder reads itself."""

SAVED = (NARROWING | SHOWING) - {"saved", "on", "show", "fold", "totals"}
"""What a saved view keeps, besides filters."""


def field_of(argument: str) -> str:
    """The field that an argument is about: ``amount__gte`` is about ``amount``."""
    return argument.partition("__")[0].partition(".")[0]


def is_filter(argument: str) -> bool:
    """Whether an argument asks something of a field."""
    return argument not in STATE


def filters_in(arguments: Iterable[str]) -> list[str]:
    """The arguments that ask something of fields."""
    return [name for name in arguments if is_filter(name)]


def is_filtered(arguments: Iterable[str]) -> bool:
    """Whether a search, a scope or a filter narrows the list."""
    return any(name in NARROWING or is_filter(name) for name in arguments)


def cleared(path: str, arguments: Arguments, *, everything: bool = False) -> str:
    """The same page without search and filters; with ``everything`` without scope too."""
    gone = [n for n in arguments if n in NARROWING - {"scope"} or is_filter(n) or n == "show"]
    if everything:
        gone.append("scope")
    return state_url(path, arguments, **dict.fromkeys(gone))


def asked_of(arguments: Arguments) -> dict[str, str]:
    """What of an address the query builder shall answer."""
    return {n: value for n, value in arguments.items() if n in PASSED or is_filter(n)}
