"""Figures in units that people read: money in major units, ratios in percent."""

from __future__ import annotations

from decimal import Decimal

from flask_babel import format_currency, format_decimal, format_percent

from plugin_api.context import current_company
from plugin_api.errors import NotFound
from plugin_api.host import host
from plugin_api.measures import Measure, Ratio
from plugin_api.money import precision

PLACES = Decimal("0.0001")
"""To which figures are kept."""


def measure_of(key: str | None) -> Measure | Ratio | None:
    """A measure that the actor may read; None for one that is not there, or that they may not."""
    try:
        return host().measures.get(key) if key else None
    except NotFound:
        return None


def readable(value: Decimal, unit: str) -> Decimal:
    """A figure as a measure has it, minor units or a part of 1, in units that people read."""
    if unit == "money":
        value = value.scaleb(-precision(current_company().currency))
    elif unit == "ratio":
        value *= 100
    return value.quantize(PLACES)


def worded(value: Decimal, unit: str) -> str:
    """A figure that is in units that people read, with its unit."""
    if unit == "money":
        return str(format_currency(value, current_company().currency))
    if unit == "ratio":
        return str(format_percent(value / 100, format="#,##0.0%"))
    return str(format_decimal(value, format="#,##0.##"))
