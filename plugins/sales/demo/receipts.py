"""How customers of demo companies pay: mostly in time, some late, some in part."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import Company, today
from plugins.sales.models import Allocation, Order, Receipt, Receivable

PLANS = {
    "en": ("Deposit", "On delivery", "Retention"),
    "zh": ("预付款", "到货款", "质保金"),
}
PARTS = ((30, "ordered", 7), (60, "delivered", 15), (10, "delivered", 90))
"""Percent of the order, and how many days after what it is due."""
REFERENCES = {"en": "Transfer", "zh": "银行来款"}

At = Callable[[date], AbstractContextManager[Any]]


def plan(order: Order, language: str) -> None:
    """A deposit, the most of it on delivery, and a retention."""
    labels = PLANS["zh" if language.startswith("zh") else "en"]
    host().records.create_many(
        Receivable,
        [
            {"order_id": order.id, "position": i + 1, "label": label, "share": Decimal(share),
             "due_rule": rule, "due_days": days}
            for i, (label, (share, rule, days)) in enumerate(zip(labels, PARTS, strict=True))
        ],
    )  # fmt: skip


def load(chance: random.Random, company: Company, at: At) -> None:
    """Receipts for what is due by now, on the days on which they came."""
    day, word = today(), REFERENCES["zh" if company.language.startswith("zh") else "en"]
    asked = (
        sa.select(
            Receivable.id, Receivable.due_on, Receivable.open, Receivable.account_id,
            Receivable.owner_id, Receivable.currency,
        )
        .where(Receivable.open > 0, Receivable.due_on < day + timedelta(days=10))
        .order_by(Receivable.due_on, Receivable.id)
    )  # fmt: skip
    for row in host().session.execute(asked).all():
        came = row.due_on + timedelta(days=chance.choice((-6, -2, 0, 0, 1, 3, 8, 21)))
        luck = chance.random()
        if came > day or (luck < 0.5 and (day - row.due_on).days < 25) or luck < 0.02:
            continue
        amount = row.open
        if luck > 0.93:
            amount = row.open * chance.randint(3, 8) // 10 or 1
        elif luck > 0.9:
            amount = row.open + chance.randint(1, 9) * 1000
        with at(came):
            _receive(row, amount, f"{word} {chance.randint(10**7, 10**8 - 1)}", chance)


def _receive(row: Any, amount: int, reference: str, chance: random.Random) -> None:
    records = host().records
    made = records.create(
        Receipt,
        {
            "account_id": row.account_id, "owner_id": row.owner_id, "amount": amount,
            "currency": row.currency, "bank_reference": reference,
            "method": chance.choices(("transfer", "bill", "online"), (8, 2, 1))[0],
        },
    )  # fmt: skip
    records.create(
        Allocation,
        {"receipt_id": made.id, "receivable_id": row.id, "amount": min(amount, row.open)},
    )
    records.transition(made, "post")
