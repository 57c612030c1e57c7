"""Figures in words and digits of the reader's language."""

from __future__ import annotations

from decimal import Decimal

from flask_babel import format_currency, format_decimal, format_percent

from plugin_api import host
from plugin_api.context import current_company, gettext
from plugin_api.money import from_minor, round_half_up
from plugins.crm.models import Opportunity

OF_MONEY = ("amount", "amount_company")
"""Fields that tell of an amount: the same thing in two currencies."""


def sees_amounts() -> bool:
    """Whether the actor may read what opportunities are about."""
    may_read = host().records.may_read
    return all(may_read(Opportunity, name) for name in OF_MONEY)


def money(minor: Decimal | int | None) -> str:
    """Minor units of the company's currency as an amount."""
    if minor is None:
        return str(gettext("n/a"))
    currency = current_company().currency
    return str(format_currency(from_minor(round_half_up(Decimal(minor)), currency), currency))


def number(value: Decimal | int | None) -> str:
    """A number with one decimal at most."""
    return str(gettext("n/a") if value is None else format_decimal(value, format="#,##0.#"))


def share(value: Decimal | None) -> str:
    """A share of 1 as percent with one decimal."""
    return str(gettext("n/a") if value is None else format_percent(value, format="#,##0.0%"))
