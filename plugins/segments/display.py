"""Figures in words and digits of the reader's language."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from flask_babel import format_currency, format_date, format_decimal, format_percent

from plugin_api import host
from plugin_api.context import Text, current_company, gettext
from plugin_api.errors import NotFound
from plugins.crm.api import GRADES
from plugins.segments.models.grades import KINDS
from plugins.segments.services import cells

TONES = {choice.value: choice.tone for choice in GRADES}
CELLS = {choice.value: choice for choice in cells.CELLS}
WHY = {choice.value: choice.label for choice in KINDS}


def figure(value: Decimal | None, key: str) -> str:
    """A figure of a measure, in units that people read."""
    if value is None:
        return "–"
    try:
        unit = host().measures.get(key).unit
    except NotFound:
        return "–"
    if unit == "money":
        return str(format_currency(value, current_company().currency))
    return str(format_decimal(value, format="#,##0.##"))


def percent(value: Decimal | None, format: str = "#,##0.0%") -> str:
    """Percentage points as percent: 25 is 25 %."""
    return "–" if value is None else str(format_percent(value / 100, format=format))


def share(value: Decimal | float | None) -> str:
    """A part of 1 as percent."""
    return "–" if value is None else str(format_percent(value, format="#,##0.0%"))


def grade(value: str | None) -> str:
    """A grade, or that there is none."""
    return value or "–"


def day(on: dt.date | None) -> str:
    """A day."""
    return "–" if on is None else str(format_date(on, "medium"))


def label(key: str) -> Text:
    """What a measure is called."""
    try:
        return host().measures.get(key).label
    except NotFound:
        return gettext("a figure that is not there now")


def whole(value: float | None) -> str:
    """A number without decimals."""
    return "–" if value is None else str(format_decimal(value, format="#,##0"))


def money(value: Decimal | float | None) -> str:
    """An amount in major units of the company's currency."""
    return "–" if value is None else str(format_currency(value, current_company().currency))
