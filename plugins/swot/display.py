"""Words and numbers as pages, cards and slides show them."""

from __future__ import annotations

from decimal import Decimal

from flask_babel import format_decimal

from plugins.swot.models.words import (
    FACTORS,
    ITEM_STATES,
    KINDS,
    OPTION_STATES,
    POSTURES,
    QUADRANTS,
    STATES,
)

_CHOICES = {
    "kind": KINDS, "state": STATES, "quadrant": QUADRANTS, "factor": FACTORS,
    "item_state": ITEM_STATES, "posture": POSTURES, "option": OPTION_STATES,
}  # fmt: skip
LABELS = {
    (field, each.value): each.label for field, found in _CHOICES.items() for each in found
}  # fmt: skip
TONES = {(field, each.value): each.tone for field, found in _CHOICES.items() for each in found}


def label(field: str, value: str | None) -> str:
    """A value of a choice in words."""
    return str(LABELS.get((field, value or ""), value or ""))


def tone(field: str, value: str | None) -> str:
    """The tone of a value of a choice."""
    return TONES.get((field, value or ""), "neutral")


def number(value: Decimal | int | None, places: int = 2) -> str:
    """A number with as many places as it needs, up to so many; a dash for none."""
    if value is None:
        return "–"
    return str(format_decimal(value, format="#,##0." + "#" * places))


def signed(value: Decimal | None) -> str:
    """The same with its sign."""
    return "–" if value is None else str(format_decimal(value, format="+#,##0.##;-#,##0.##"))
