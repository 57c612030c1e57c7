"""What takes back what, in numbers."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from plugins.sales.services.pairing import Fact, Position, Row, Value, missing

DAY = dt.date(2026, 3, 2)


def position(event: str) -> Position:
    return Position(
        kind="booked", event=event, source="order_line", source_id=1, root_id=1, user_id=7,
        overlay=False, document="SO-1", order_id=1, delivery_id=None, invoice_id=None,
        account_id=None, product_id=None, channel_id=None, region=None, currency="CNY",
    )  # fmt: skip


def value(quantity: int, amount: int) -> Value:
    return Value(Decimal(quantity), Decimal(amount), Decimal(amount))


def test_an_original_without_an_amount_is_not_taken_back() -> None:
    """Ten pieces for 200, five more for 100; the five become free of charge, six come back."""
    booked = position("booked")
    rows = [
        Row(1, booked, DAY, value(10, 200)),
        Row(2, booked, DAY, value(5, 100)),
        Row(3, booked, DAY, value(0, -100), reverses_id=2),
    ]
    facts = [
        Fact(booked, DAY, value(15, 200)),
        Fact(position("returned"), DAY, value(-6, -80)),
    ]
    found = missing(facts, rows, DAY).entries
    assert [(entry.reverses_id, entry.value.exact) for entry in found] == [(1, -80)]
