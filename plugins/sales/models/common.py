"""What columns of several documents share."""

from __future__ import annotations

from plugin_api.context import current_company
from plugin_api.models import Choice


def company_currency() -> str:
    """The currency of a document when nothing else is said."""
    return current_company().currency


READ_COST = "catalog.Product.read_cost"
"""Whoever may see what products cost sees what lines and entries cost."""


def values(choices: tuple[Choice, ...]) -> frozenset[str]:
    """The values of choices."""
    return frozenset(choice.value for choice in choices)
