"""Figures in words and digits of the reader's language."""

from __future__ import annotations

from decimal import Decimal

from flask_babel import format_currency, format_decimal

from plugin_api.context import current_company
from plugin_api.money import from_minor, round_half_up


def money(minor: Decimal | int, currency: str = "") -> str:
    """Minor units of a currency, by default the company's, as an amount."""
    code = currency or current_company().currency
    return str(format_currency(from_minor(round_half_up(Decimal(minor)), code), code))


def number(value: Decimal) -> str:
    """A quantity with as many decimals as it has, four at most."""
    return str(format_decimal(value, format="#,##0.####"))
