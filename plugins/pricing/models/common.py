"""What columns of several models share."""

from __future__ import annotations

from plugin_api.context import current_company


def company_currency() -> str:
    """The currency of an amount when nothing else is said."""
    return current_company().currency


READ_COST = "catalog.Product.read_cost"
"""Whoever may see what products cost sees prices that are made of it being made."""
