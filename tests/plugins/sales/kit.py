"""Short words for tests of orders and of the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from core.identity import service
from plugin_api.context import acting_as, clock_at, current_company
from plugin_api.host import host
from plugin_api.models import model_of
from plugins.crm.models import Account
from plugins.sales.models import (
    Allocation,
    Delivery,
    DeliveryLine,
    Invoice,
    InvoiceLine,
    LedgerEntry,
    Order,
    Receipt,
    Receivable,
)
from plugins.sales.services.orders import lines_of


def user(name: str) -> int:
    """The id of a person."""
    person: Any = model_of("core.User")
    return int(host().session.scalar(sa.select(person.id).where(person.name == name.title())))


def figure(key: str, start: date | None = None, end: date | None = None, **filters: Any) -> Any:
    """The value of a measure, in major units."""
    value = host().measures.value(f"sales.{key}", start, end, filters)
    return None if value is None else value / 100


def rate_is(currency: str, day: date, rate: str) -> None:
    """What one unit of a currency is worth from a day on."""
    model: Any = model_of("core.ExchangeRate")
    values = {"currency": currency, "day": day, "rate": Decimal(rate)}
    host().records.create(model, values)


@contextmanager
def acting(name: str) -> Iterator[None]:
    """Act as a person of the company."""
    email = f"{name}@{current_company().slug}.example"
    with acting_as(current_company(), service.actor_for(service.find_user(email))):
        yield


@contextmanager
def on(day: date) -> Iterator[None]:
    """Work at noon of a day, by the company's clock."""
    zone = ZoneInfo(current_company().timezone)
    with clock_at(datetime(day.year, day.month, day.day, 12, tzinfo=zone)):
        yield


def opened(said: Any) -> Any:
    """The record that a transition leads to."""
    return said["open"]


def move(order: Order, kind: str, *quantities: Any) -> Delivery:
    """Deliver or take back so much of each line, and post it."""
    made = host().records.create(Delivery, {"order_id": order.id, "kind": kind})
    parts = [
        {"delivery_id": made.id, "order_line_id": line.id, "quantity": Decimal(quantity)}
        for line, quantity in zip(lines_of(order.id), quantities, strict=False)
        if quantity
    ]
    host().records.create_many(DeliveryLine, parts)
    host().records.transition(made, "post")
    return made


def bill(order: Order) -> Invoice:
    """Invoice all that is left, and post it."""
    made: Invoice = opened(host().records.transition(order, "prepare_invoice"))
    host().records.transition(made, "post")
    return made


def credit(invoice: Invoice, **only: Any) -> Invoice:
    """Credit an invoice, or ``only`` so much of its first line, and post that."""
    made: Invoice = opened(host().records.transition(invoice, "credit"))
    if only:
        line = host().session.query(InvoiceLine).filter_by(invoice_id=made.id).first()
        host().records.update(line, only)
    host().records.transition(made, "post")
    return made


def entries(*names: str, **where: Any) -> list[tuple[Any, ...]]:
    """Columns of the ledger's rows, in the order in which they were added."""
    found = host().session.query(LedgerEntry).filter_by(**where).order_by(LedgerEntry.id)
    return [tuple(getattr(entry, name) for name in names) for entry in found]


def instalment(order: Order, share: Any = None, **values: Any) -> Receivable:
    """A part of an order's payment plan, by default due on 10 May 2026."""
    if share is not None:
        values["share"] = Decimal(share)
    if "due_rule" not in values:
        values.setdefault("due_on", date(2026, 5, 10))
    return host().records.create(Receivable, {"order_id": order.id, **values})


def receive(
    amount: Any, *parts: tuple[Receivable, Any], posted: bool = True, **values: Any
) -> Receipt:
    """A receipt of Blue Mill in major units, with what of it is for what."""
    records = host().records
    account = host().session.query(Account).filter_by(name="Blue Mill").one()
    given = {"account_id": account.id, "amount": int(Decimal(amount) * 100), **values}
    made = records.create(Receipt, given)
    for row, part in parts:
        value = None if part is None else int(Decimal(part) * 100)
        records.create(
            Allocation, {"receipt_id": made.id, "receivable_id": row.id, "amount": value}
        )
    if posted:
        records.transition(made, "post")
    return made
