"""What an account was charged and has paid, document by document, with balances."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import sqlalchemy as sa

from plugin_api import host
from plugins.sales.models import Invoice, Receipt, Receivable

What = Literal["invoice", "credit_note", "receipt", "refund", "reversal"]


@dataclass(frozen=True, slots=True)
class Line:
    """A document on its day. ``charged`` and ``paid`` are minor units, one of them zero;
    ``balance`` is what is owed after it."""

    day: dt.date
    what: What
    model: str
    id: int
    number: str
    charged: int
    paid: int
    balance: int = 0
    note: str = ""


@dataclass(slots=True)
class Sheet:
    """An account in one currency over a period."""

    currency: str
    opening: int = 0
    lines: list[Line] = field(default_factory=list)

    @property
    def charged(self) -> int:
        """What was charged, less what was credited."""
        return sum(line.charged for line in self.lines)

    @property
    def paid(self) -> int:
        """What was paid, less what was paid back."""
        return sum(line.paid for line in self.lines)

    @property
    def closing(self) -> int:
        """What is owed at the end; below zero the account has a credit."""
        return self.opening + self.charged - self.paid


def sheets(account_id: int, start: dt.date, end: dt.date) -> list[Sheet]:
    """A sheet for each currency, within what the actor may see: what is owed at the start, each
    posted document in between, and what is owed at the end. Three statements."""
    found: dict[str, Sheet] = {}

    def sheet(currency: str) -> Sheet:
        return found.setdefault(currency, Sheet(currency))

    lines: dict[str, list[Line]] = defaultdict(list)
    for currency, line in _documents(account_id, end):
        if line.day < start:
            sheet(currency).opening += line.charged - line.paid
        else:
            lines[currency].append(line)
    for currency, some in lines.items():
        one = sheet(currency)
        balance = one.opening
        for line in sorted(some, key=lambda each: (each.day, _ORDER[each.what], each.id)):
            balance += line.charged - line.paid
            one.lines.append(
                Line(
                    line.day, line.what, line.model, line.id, line.number, line.charged,
                    line.paid, balance, line.note,
                )
            )  # fmt: skip
    return [found[currency] for currency in sorted(found)]


_ORDER = {"invoice": 0, "credit_note": 1, "receipt": 2, "reversal": 3, "refund": 4}


def open_items(account_id: int) -> list[Receivable]:
    """What is still to be paid, what is due first comes first."""
    asked = (
        sa.select(Receivable)
        .where(
            Receivable.account_id == account_id, Receivable.open > 0,
            host().records.visible(Receivable),
        )
        .order_by(Receivable.due_on.is_(None), Receivable.due_on, Receivable.id)
    )  # fmt: skip
    return list(host().session.scalars(asked))


def _documents(account_id: int, end: dt.date) -> Iterator[tuple[str, Line]]:
    session, visible = host().session, host().records.visible
    invoices = sa.select(
        Invoice.id, Invoice.kind, Invoice.currency, Invoice.invoiced_on, Invoice.total,
        _called(Invoice), Invoice.note,
    ).where(
        Invoice.account_id == account_id, Invoice.status == "posted", Invoice.invoiced_on <= end,
        Invoice.settled.is_(False), visible(Invoice),
    )  # fmt: skip
    for id_, kind, currency, day, total, number, note in session.execute(invoices):
        charged = total if kind == "invoice" else -total
        yield currency, Line(day, kind, "sales.Invoice", id_, number, charged, 0, note=note or "")
    receipts = sa.select(
        Receipt.id, Receipt.kind, Receipt.currency, Receipt.received_on, Receipt.amount,
        _called(Receipt), Receipt.bank_reference, Receipt.reversed_on,
    ).where(
        Receipt.account_id == account_id, Receipt.status.in_(("posted", "reversed")),
        Receipt.received_on <= end, visible(Receipt),
    )  # fmt: skip
    for id_, kind, currency, day, amount, number, note, back in session.execute(receipts):
        paid = amount if kind == "receipt" else -amount
        made = Line(day, kind, "sales.Receipt", id_, number, 0, paid, note=note or "")
        yield currency, made
        if back is not None and back <= end:
            yield currency, Line(back, "reversal", "sales.Receipt", id_, number, 0, -paid)


def _called(model: Any) -> Any:
    return sa.func.coalesce(model.number, model.external_id, "")
