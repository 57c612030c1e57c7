"""The ledger held against the documents."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import today
from plugins.crm.api import Account
from plugins.sales.models import (
    Delivery,
    DeliveryLine,
    Invoice,
    InvoiceLine,
    LedgerEntry,
    Order,
    OrderLine,
    Receipt,
)
from plugins.sales.models.ledger import KINDS
from plugins.sales.services import pairing, posting
from plugins.sales.services.facts import minor

MOST = 100
"""Accounts that a statement lists."""

_E = LedgerEntry


@dataclass(slots=True)
class Movement:
    """A figure over a period, in minor units of the company's currency."""

    opening: Decimal = Decimal(0)
    added: Decimal = Decimal(0)
    taken: Decimal = Decimal(0)

    @property
    def closing(self) -> Decimal:
        """What there is at the end."""
        return self.opening + self.added + self.taken


@dataclass(slots=True)
class Standing:
    """An account's movements by figure."""

    account_id: int | None
    name: str
    movements: dict[str, Movement] = field(default_factory=lambda: defaultdict(Movement))


@dataclass(frozen=True, slots=True)
class Held:
    """What ledger and documents say of an event; amounts in minor units of ``currency``, None
    where documents have no amounts of their own."""

    event: str
    currency: str
    ledger_quantity: Decimal
    quantity: Decimal
    ledger_amount: Decimal | None
    amount: Decimal | None

    @property
    def agrees(self) -> bool:
        """Whether both say the same."""
        return (self.ledger_quantity, self.ledger_amount) == (self.quantity, self.amount)


def movements(start: dt.date, end: dt.date, account_id: int | None = None) -> list[Standing]:
    """Each account's figures over a period, those with the most at the end first; the first
    entry is the sum of all. One statement."""
    reversal = _E.event.in_([event for _kind, event in pairing.TAKES_BACK])
    inside = _E.day >= start
    columns = [
        sa.func.sum(sa.case((condition, _E.exact_company), else_=sa.literal(0, _E.exact.type)))
        for condition in (
            sa.not_(inside), sa.and_(inside, sa.not_(reversal)), sa.and_(inside, reversal),
        )
    ]  # fmt: skip
    totals = (
        sa.select(_E.account_id, _E.kind, *(c.label(f"n{i}") for i, c in enumerate(columns)))
        .where(_E.day <= end, _E.overlay.is_(False), host().records.visible(_E))
        .group_by(_E.account_id, _E.kind)
    )
    if account_id is not None:
        totals = totals.where(_E.account_id == account_id)
    found = totals.subquery()
    asked = sa.select(found, Account.name).outerjoin(Account, Account.id == found.c.account_id)
    whole = Standing(None, "")
    by_account: dict[int | None, Standing] = {}
    for id_, kind, opening, added, taken, name in host().session.execute(asked):
        one = by_account.setdefault(id_, Standing(id_, name or ""))
        for each in (one, whole):
            moved = each.movements[kind]
            moved.opening += opening
            moved.added += added
            moved.taken += taken
    ranked = sorted(
        by_account.values(),
        key=lambda one: [-one.movements[kind.value].closing for kind in KINDS[:1]] + [
            Decimal(one.account_id or 0)
        ],
    )  # fmt: skip
    return [whole, *ranked]


def held(account_id: int | None = None) -> list[Held]:
    """What the ledger and the documents say of each event by now, which must be the same.

    Of what the actor may see of neither is left out: ask as somebody who sees the company.
    Three statements.
    """
    ledger: dict[tuple[str, str], tuple[Decimal, Decimal]] = {}
    asked = (
        sa.select(_E.event, _E.currency, sa.func.sum(_E.quantity), sa.func.sum(_E.exact))
        .where(_E.overlay.is_(False), sa.or_(_E.kind != "booked", _E.event != "returned"))
        .group_by(_E.event, _E.currency)
    )
    if account_id is not None:
        asked = asked.where(_E.account_id == account_id)
    for event, currency, quantity, exact in host().session.execute(asked):
        ledger[event, currency] = (quantity, exact)
    documents: dict[tuple[str, str], tuple[Decimal, Decimal | None]] = {}
    legs = [leg.subquery() for leg in _documents(account_id)]
    union = sa.union_all(*(sa.select(leg) for leg in legs)).subquery()
    for event, currency, quantity, net in host().session.execute(sa.select(union)):
        amount = None if event in _COUNTED else minor(net, currency)
        sign = -1 if event in _LOWERING else 1
        documents[event, currency] = (
            sign * quantity, None if amount is None else sign * amount
        )  # fmt: skip
    documents |= _money(account_id)
    made = []
    for key in sorted(ledger.keys() | documents.keys()):
        event, currency = key
        none = None if event in _COUNTED else Decimal(0)
        quantity, amount = documents.get(key, (Decimal(0), none))
        here = ledger.get(key, (Decimal(0), Decimal(0)))
        known = None if event in _COUNTED else here[1]
        made.append(Held(event, currency, here[0], quantity, known, amount))
    return made


_COUNTED = ("cancelled", "delivered", "returned")
"""Events of which documents say only how much, not what it is worth."""
_LOWERING = ("cancelled", "returned", "credited")


def _documents(account_id: int | None) -> Iterator[sa.Select[Any]]:
    """Columns event, currency, quantity, net; a leg for each event."""
    no_net = sa.literal(0, OrderLine.net.type)
    of_orders = OrderLine.booked_on.is_not(None)
    for event, quantity, net in (
        ("booked", OrderLine.quantity, OrderLine.net),
        ("cancelled", OrderLine.cancelled, no_net),
    ):
        yield (
            _leg(event, Order.currency, quantity, net)
            .select_from(OrderLine)
            .join(Order, Order.id == OrderLine.order_id)
            .where(of_orders, quantity != 0, *_of(Order, account_id))
        )
    for event, kind in (("delivered", "delivery"), ("returned", "return")):
        yield (
            _leg(event, Order.currency, DeliveryLine.quantity, no_net)
            .select_from(DeliveryLine)
            .join(Delivery, Delivery.id == DeliveryLine.delivery_id)
            .join(Order, Order.id == Delivery.order_id)
            .where(Delivery.status == "posted", Delivery.kind == kind, *_of(Order, account_id))
        )
    for event, kind in (("invoiced", "invoice"), ("credited", "credit_note")):
        yield (
            _leg(event, Invoice.currency, InvoiceLine.quantity, InvoiceLine.net)
            .select_from(InvoiceLine)
            .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
            .where(Invoice.status == "posted", Invoice.kind == kind, *_of(Invoice, account_id))
        )


def _money(account_id: int | None) -> dict[tuple[str, str], tuple[Decimal, Decimal | None]]:
    """What receipts and refunds say, which have no quantities."""
    asked = (
        sa.select(Receipt.kind, Receipt.currency, sa.func.sum(Receipt.amount))
        .where(Receipt.status == "posted", *_of(Receipt, account_id))
        .group_by(Receipt.kind, Receipt.currency)
    )
    names = {"receipt": ("collected", 1), "refund": ("refunded", -1)}
    return {
        (names[kind][0], currency): (Decimal(0), names[kind][1] * Decimal(amount or 0))
        for kind, currency, amount in host().session.execute(asked)
    }


def _leg(event: str, currency: Any, quantity: Any, net: Any) -> sa.Select[Any]:
    return sa.select(
        sa.literal(event).label("event"),
        currency.label("currency"),
        sa.func.sum(quantity).label("quantity"),
        sa.func.sum(net).label("net"),
    ).group_by(currency)


def _of(model: Any, account_id: int | None) -> list[Any]:
    return [] if account_id is None else [model.account_id == account_id]


def differences() -> Iterator[tuple[int, int, list[str]]]:
    """Hold every document against the ledger, 500 at a time: how many documents there are in
    all, how many of them are done, and what the ledger lacks of those."""
    session = host().session
    orders = session.scalars(
        sa.select(Order.id).where(Order.rate.is_not(None)).order_by(Order.id)
    ).all()
    invoices = session.scalars(
        sa.select(Invoice.id).where(Invoice.status == "posted").order_by(Invoice.id)
    ).all()
    receipts = session.scalars(
        sa.select(Receipt.id).where(Receipt.rate.is_not(None)).order_by(Receipt.id)
    ).all()
    total, done = len(orders) + len(invoices) + len(receipts), 0
    for ids, read in (
        (orders, posting.lacking_of_orders),
        (invoices, posting.lacking_of_invoices),
        (receipts, posting.lacking_of_receipts),
    ):
        for start in range(0, len(ids), posting.CHUNK):
            some: Sequence[int] = ids[start : start + posting.CHUNK]
            done += len(some)
            yield total, done, [_said(entry) for entry in read(some, today())]


def _said(entry: pairing.Entry) -> str:
    position = entry.position
    return f"{position.document} {position.event} {position.source} {position.source_id}"
