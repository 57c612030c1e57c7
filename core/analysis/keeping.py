"""Analyses that are kept under a name, as views of lists are."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

from core.analysis.asking import asked, choices
from core.views.saved import Pages
from plugin_api.context import gettext
from plugin_api.errors import Rejected

NAMED = frozenset({"measure", "by", "split", "chart", "period", "from", "to", "compare", "sort"})
"""What an analysis says besides filters."""


def state_of(arguments: Mapping[str, str]) -> str:
    """What of an address is kept, without a check."""
    kept = [(n, v) for n, v in arguments.items() if v and n not in ("saved", "format")]
    return urlencode(sorted(kept), safe=",")


def _clean(text: str) -> str:
    arguments = {n: v for n, v in parse_qsl(text.removeprefix("?")) if v}
    try:
        question = asked(arguments)
    except Rejected as refused:
        raise Rejected("query", refused.message) from None
    if question is None:
        raise Rejected("query", gettext("There is nothing to show."))
    known = NAMED | choices(question.parts).keys()
    kept = {n: v for n, v in arguments.items() if n.partition("__")[0] in known}
    return state_of(kept | {"measure": question.measure.key})


ANALYSES = Pages("core.analysis", _clean)
