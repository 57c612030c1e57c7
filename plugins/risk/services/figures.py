"""Figures of any plugin, in units that people read: money in major units, ratios in percent."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from flask_babel import format_currency, format_decimal

from plugin_api import host
from plugin_api.context import current_company, today
from plugin_api.figures import readable
from plugin_api.measures import Measure, Ratio


def value(measure: Measure | Ratio, days: int) -> Decimal | None:
    """The figure of so many days up to yesterday, as the actor may see it. One statement."""
    end = today() - dt.timedelta(days=1)
    found = host().measures.value(measure.key, end - dt.timedelta(days=days - 1), end)
    return None if found is None else readable(found, measure.unit)


def beyond(figure: Decimal, limit: Decimal, side: str) -> bool:
    """Whether a figure has reached a limit from its good side."""
    return figure >= limit if side == "above" else figure <= limit


def text(measure: Measure | Ratio | None, figure: Decimal | None) -> str:
    """A figure as people read it."""
    if figure is None:
        return "–"
    if measure is not None and measure.unit == "money":
        return str(format_currency(figure, current_company().currency))
    plain = str(format_decimal(figure.quantize(Decimal("0.01")).normalize() + 0))
    return f"{plain} %" if measure is not None and measure.unit == "ratio" else plain
