"""What somebody has typed, as numbers and days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from plugin_api.context import gettext
from plugin_api.errors import Rejected
from plugin_api.pages import number

LARGEST = Decimal(10) ** 12


def number_of(field: str, text: str, usual: Decimal) -> Decimal:
    """A number such as ``12.5``; ``usual`` for nothing. Raises Rejected."""
    if not text.strip():
        return usual
    try:
        found = Decimal(text.strip().replace(",", ""))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or abs(found) > LARGEST:
        raise Rejected(field, gettext("“%(text)s” is no number.", text=text))
    return found


def day_of(field: str, text: str) -> date | None:
    """A day such as ``2026-01-31``; None for nothing. Raises Rejected."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Rejected(
            field, gettext("“%(text)s” is not a date such as 2026-01-31.", text=text)
        ) from None


def id_of(field: str, text: str) -> int | None:
    """The number of a record; None for nothing. Raises Rejected."""
    if not text.strip():
        return None
    if (found := number(text)) is None:
        raise Rejected(field, gettext("“%(text)s” is no number.", text=text))
    return found
