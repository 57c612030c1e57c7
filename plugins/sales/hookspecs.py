"""Hooks of sales that other plugins answer. What such a function raises goes through: nothing is
written, and the person sees why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from plugin_api import hookspec

if TYPE_CHECKING:
    from plugins.sales.services.pricing import PricedDocument


@hookspec
def price_lines(documents: Sequence[PricedDocument]) -> None:
    """Say what the lines of quotes and orders cost, beginning with the list each time.

    Called when: lines of drafts, or what their prices depend on, have changed; for orders that are
        confirmed too when they are amended. They are written, before the commit.
    Arguments: documents – each with all of its lines; what is set on a line is put on the record.
    Return: nothing.
    On error: abort.
    Since: 1.
    """
    raise AssertionError("a specification is never called")
