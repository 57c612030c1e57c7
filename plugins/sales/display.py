"""Figures in words and digits of the reader's language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from flask_babel import format_currency, format_date, format_decimal, format_percent

from plugin_api.context import current_company
from plugin_api.money import from_minor, round_half_up


def money(minor: Decimal | int, currency: str = "") -> str:
    """Minor units of a currency, by default the company's, as an amount."""
    code = currency or current_company().currency
    return str(format_currency(from_minor(round_half_up(Decimal(minor)), code), code))


def number(value: Decimal) -> str:
    """A quantity with as many decimals as it has, four at most."""
    return str(format_decimal(value, format="#,##0.####"))


def share(value: Decimal) -> str:
    """A share of 1 as percent with one decimal."""
    return str(format_percent(value, format="#,##0.0%"))


def days(value: Decimal) -> str:
    """A number of days with one decimal at most."""
    return str(format_decimal(value, format="#,##0.#"))


def day(value: date | None) -> str:
    """A day in the reader's way of writing it; empty for none."""
    return str(format_date(value, "medium")) if value else ""


def amount(value: Decimal, currency: str) -> str:
    """Major units of a currency, with all the places that they have."""
    return str(format_currency(value, currency, currency_digits=value == round(value, 2)))
