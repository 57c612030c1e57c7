"""How risks say days, money and ratings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from flask_babel import format_currency, format_date, format_percent

from plugin_api.context import Text, current_company
from plugin_api.models import Choice
from plugin_api.money import from_minor
from plugins.risk.models.choices import CATEGORIES, LEVELS


def _labels(*choices: Choice) -> Mapping[str, Text]:
    return {each.value: each.label for each in choices}


CATEGORY_LABELS, LEVEL_LABELS = _labels(*CATEGORIES), _labels(*LEVELS)


def day(on: dt.date | None) -> str:
    """A day."""
    return "" if on is None else str(format_date(on, "medium"))


def money(minor: int | Decimal | None) -> str:
    """An amount of minor units of the company's currency; a dash for none."""
    if minor is None:
        return "–"
    currency = current_company().currency
    return str(format_currency(from_minor(int(minor), currency), currency))


def whole(minor: float | None) -> str:
    """The same without the parts of a unit: for figures that are estimates."""
    if minor is None:
        return "–"
    currency = current_company().currency
    return str(
        format_currency(
            from_minor(int(minor), currency).quantize(Decimal(1)), currency,
            format="¤#,##0", currency_digits=False,
        )
    )  # fmt: skip


def share(of_one: Decimal | Fraction | float) -> str:
    """A share of 1 as percent."""
    return str(format_percent(float(of_one), "#,##0.#%"))
