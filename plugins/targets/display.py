"""Figures in words and digits of the reader's language."""

from __future__ import annotations

from decimal import Decimal

from babel.numbers import format_compact_decimal
from flask_babel import format_currency, format_decimal, format_percent, get_locale

from plugin_api.context import current_company, gettext
from plugin_api.measures import Unit
from plugin_api.money import from_minor, round_half_up
from plugins.targets.services.pacing import Pacing

BEHIND = Decimal("0.75")
"""A pace below it is shown as bad."""


def figure(value: Decimal | None, unit: Unit) -> str:
    """A figure in its unit: minor units for money, a share of 1 for a ratio."""
    if value is None:
        return str(gettext("n/a"))
    if unit == "money":
        currency = current_company().currency
        return str(format_currency(from_minor(round_half_up(value), currency), currency))
    if unit == "ratio":
        return share(value)
    return str(format_decimal(value, format="#,##0.##"))


def read(value: Decimal | None, is_money: bool) -> str:
    """A figure that is held in units that people read."""
    if value is None:
        return str(gettext("n/a"))
    if is_money:
        return str(format_currency(value, current_company().currency))
    return str(format_decimal(value, format="#,##0.##"))


def plain(value: Decimal, unit: Unit) -> float:
    """The figure as it is read, to be drawn: money in major units, a ratio in per cent."""
    if unit == "money":
        return float(from_minor(1, current_company().currency) * value)
    return float(value * 100 if unit == "ratio" else value)


def tone(pacing: Pacing, direction: str) -> str:
    """Colour of the bar: good on plan or better, bad far behind."""
    pace = pacing.pace
    if pace is None:
        return "info"
    if direction == "down":
        return "good" if pace <= 1 else "warn"
    return "good" if pace >= 1 else "warn" if pace >= BEHIND else "bad"


def share(value: Decimal | None) -> str:
    """A share of 1 as percent with one decimal."""
    return str(gettext("n/a") if value is None else format_percent(value, format="#,##0.0%"))


def pace(value: Decimal | None) -> str:
    """A pace with two decimals: 1.00 is on plan."""
    return str(gettext("n/a") if value is None else format_decimal(value, format="0.00"))


def chance(value: float) -> str:
    """A probability of 1 in whole percent; never a certainty that is none."""
    if 0 < value < 0.01:
        return str(gettext("under 1 %"))
    if 0.99 < value < 1:
        return str(gettext("over 99 %"))
    return str(format_percent(value, format="#,##0%"))


def short(value: float, unit: Unit) -> str:
    """A figure at an axis, in few digits: ``1.2M``."""
    return str(
        format_compact_decimal(plain(Decimal(value), unit), fraction_digits=1, locale=get_locale())
    )


def change(value: Decimal) -> str:
    """A rate of growth with its sign: ``+20.0%``."""
    return str(format_percent(value, format="+#,##0.0%;-#,##0.0%"))
