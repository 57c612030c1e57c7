"""What other currencies were worth, month by month."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.models import model_of

IN_EUROS = {
    "EUR": Decimal(1), "USD": Decimal("0.92"), "GBP": Decimal("1.17"), "CNY": Decimal("0.127"),
    "JPY": Decimal("0.0062"),
}  # fmt: skip
OTHERS = ("USD", "EUR", "GBP")


def load_rates(
    chance: random.Random, currency: str, first: date, last: date
) -> Mapping[str, Decimal]:
    """The two other currencies that are sold in, and what one unit is worth, about.

    Stores a rate for each month where none is stored yet.
    """
    rate: Any = model_of("core.ExchangeRate")
    base = IN_EUROS.get(currency)
    if base is None:
        return {}
    others = [other for other in OTHERS if other != currency][:2]
    known = {other: (IN_EUROS[other] / base).quantize(Decimal("0.0001")) for other in others}
    stored = set(host().session.scalars(sa.select(rate.currency).distinct()))
    rows = [
        {
            "currency": other,
            "day": day,
            "rate": (around * Decimal(chance.randint(970, 1030)) / 1000).quantize(
                Decimal("0.0001")
            ),
        }
        for other, around in known.items()
        if other not in stored
        for day in _months(first, last)
    ]
    if rows:
        host().records.create_many(rate, rows)
    return known


def _months(first: date, last: date) -> list[date]:
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(month // 12, month % 12 + 1, 1) for month in months]
