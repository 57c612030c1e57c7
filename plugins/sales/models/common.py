"""What columns of several documents share."""

from __future__ import annotations

from plugin_api.context import current_company, lazy_pgettext
from plugin_api.context import lazy_gettext as _
from plugin_api.models import Choice


def company_currency() -> str:
    """The currency of a document when nothing else is said."""
    return current_company().currency


CHECKS = (
    Choice(value="warn", label=lazy_pgettext("price", "Low"), tone="info"),
    Choice(value="release", label=_("Needs a release"), tone="warn"),
    Choice(value="refuse", label=lazy_pgettext("price", "Too low"), tone="bad"),
)
"""What stands against the price of a line, or the worst of a document's."""

READ_COST = "catalog.Product.read_cost"
"""Whoever may see what products cost sees what lines and entries cost."""


def values(choices: tuple[Choice, ...]) -> frozenset[str]:
    """The values of choices."""
    return frozenset(choice.value for choice in choices)
