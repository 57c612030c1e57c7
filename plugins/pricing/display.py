"""Prices in the reader's language."""

from __future__ import annotations

from decimal import Decimal

from flask_babel import format_currency, format_decimal

from plugin_api.context import current_company
from plugin_api.money import from_minor


def amount(value: Decimal | None, currency: str) -> str:
    """Major units of a currency, with all the places that they have; a dash for none."""
    if value is None:
        return "–"
    shown = round(value, 4)
    return str(format_currency(shown, currency, currency_digits=shown == round(shown, 2)))


def money(minor: int, currency: str = "") -> str:
    """Minor units of a currency, by default the company's."""
    code = currency or current_company().currency
    return str(format_currency(from_minor(minor, code), code))


def number(value: Decimal) -> str:
    """A quantity or percentage with as many decimals as it has, four at most."""
    return str(format_decimal(value, format="#,##0.####"))
