"""Documents are posted: the ledger gets what it lacks to say what they say."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_company, today
from plugin_api.money import round_half_up
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
from plugins.sales.services import collected, facts, pairing
from plugins.sales.services.crediting import shares_of
from plugins.sales.services.pairing import Entry, Fact, Position, Row, Value
from plugins.sales.services.shares import complete

CHUNK = 500
OF_ORDERS = ("booked", "delivered")

_E = LedgerEntry
_POSITION = (
    _E.kind, _E.event, _E.source, _E.source_id, _E.root_id, _E.user_id, _E.overlay, _E.document,
    _E.order_id, _E.delivery_id, _E.invoice_id, _E.account_id, _E.product_id, _E.channel_id,
    _E.region, _E.currency, _E.receipt_id,
)  # fmt: skip
_LOCKED = {"order_id": Order, "invoice_id": Invoice, "receipt_id": Receipt}
_VALUE = (_E.quantity, _E.exact, _E.exact_company, _E.cost_company)


class Move(NamedTuple):
    """A line of a posted delivery or return."""

    id: int
    order_line_id: int
    delivery_id: int
    kind: str
    document: str
    day: Any
    quantity: Decimal


def post_orders(ids: Collection[int]) -> int:
    """Post what orders and their deliveries say; how many entries were added.

    A constant number of statements for every 500 orders. Whoever posts one of them meanwhile
    waits until this transaction ends.
    """
    return sum(_post(some, OF_ORDERS, _E.order_id, _facts_of_orders) for some in _chunks(ids))


def post_invoices(ids: Collection[int]) -> int:
    """Post what invoices and credit notes say, with those that correct them; how many entries
    were added."""
    return sum(_post(some, ("invoiced",), _E.invoice_id, _facts_of_invoices)
               for some in _chunks(_with_corrections(ids)))  # fmt: skip


def post_receipts(ids: Collection[int]) -> int:
    """Post what receipts and refunds say; how many entries were added. Receipts are posted with
    the refunds of them."""
    return sum(_post(some, ("collected",), _E.receipt_id, collected.facts_of)
               for some in _chunks(collected.with_refunds(ids)))  # fmt: skip


def lock(model: Any, ids: Collection[int]) -> None:
    """Have others wait who want to post or settle the same documents."""
    session = host().session
    session.flush()
    for some in _chunks(ids):
        session.execute(
            sa.select(model.id).where(model.id.in_(some)).order_by(model.id)
            .with_for_update(key_share=True)
        )  # fmt: skip


def lacking_of_orders(ids: Sequence[int], day: dt.date) -> list[Entry]:
    """What the ledger lacks to say what orders and their deliveries say: nothing, it should be."""
    rows = list(_rows(_E.order_id.in_(ids), _E.kind.in_(OF_ORDERS)))
    return pairing.missing(_facts_of_orders(ids), rows, day).entries


def lacking_of_invoices(ids: Sequence[int], day: dt.date) -> list[Entry]:
    """The same of invoices, with those that correct them."""
    known = sorted(_with_corrections(ids))
    rows = list(_rows(_E.invoice_id.in_(known), _E.kind == "invoiced"))
    return pairing.missing(_facts_of_invoices(known), rows, day).entries


def lacking_of_receipts(ids: Sequence[int], day: dt.date) -> list[Entry]:
    """The same of receipts, with refunds of them."""
    known = sorted(collected.with_refunds(ids))
    rows = list(_rows(_E.receipt_id.in_(known), _E.kind == "collected"))
    return pairing.missing(collected.facts_of(known), rows, day).entries


def _post(ids: Sequence[int], kinds: Sequence[str], by: Any, read: Any) -> int:
    lock(_LOCKED[by.key], ids)
    wanted, added = list(read(ids)), 0
    while True:
        rows = list(_rows(by.in_(ids), _E.kind.in_(kinds)))
        missing = pairing.missing(wanted, rows, today())
        _insert(missing.entries)
        added += len(missing.entries)
        if not missing.more:
            return added


def _rows(*where: Any) -> Iterator[Row]:
    asked = sa.select(
        _E.id, _E.day, _E.reverses_id, _E.rate, _E.rate_on, _E.original_day, *_VALUE, *_POSITION
    ).where(*where)
    for id_, day, reverses, rate, rate_on, original, *rest in host().session.execute(
        asked.order_by(_E.id)
    ):
        value, position = Value(*rest[:4]), Position(*rest[4:])
        if value.cost is not None:
            value = Value(value.quantity, value.exact, value.company, Decimal(value.cost))
        yield Row(id_, position, day, value, reverses, rate, rate_on, original)


def _insert(entries: Sequence[Entry]) -> None:
    if not entries:
        return
    rows = [
        {
            **{name: getattr(entry.position, name) for name in Position.__slots__},
            "day": entry.day,
            "original_day": entry.original_day,
            "reverses_id": entry.reverses_id,
            "rate": entry.rate,
            "rate_on": entry.rate_on,
            "quantity": entry.value.quantity,
            "exact": entry.value.exact,
            "exact_company": entry.value.company,
            "amount": round_half_up(entry.value.exact),
            "amount_company": round_half_up(entry.value.company),
            "cost_company": None if entry.value.cost is None else round_half_up(entry.value.cost),
        }
        for entry in entries
    ]
    host().records.add_rows(LedgerEntry, rows)


def _facts_of_orders(ids: Sequence[int]) -> Iterator[Fact]:
    session, own = host().session, current_company().currency
    columns = (
        Order.id.label("order_id"), _number(Order), Order.account_id, Order.channel_id,
        Order.region, Order.currency, Order.rate, Order.rate_on, Order.ordered_on,
        Order.closed_on,
    )  # fmt: skip
    live = sa.select(*columns).where(Order.id.in_(ids), Order.rate.is_not(None))
    orders = {order.order_id: order for order in session.execute(live)}
    if not orders:
        return
    shares = shares_of(list(orders))
    moves = _moves(list(orders))
    lines = sa.select(
        OrderLine.id, OrderLine.order_id, OrderLine.product_id, OrderLine.quantity, OrderLine.net,
        OrderLine.cost, OrderLine.booked_on, OrderLine.cancelled,
    ).where(OrderLine.order_id.in_(list(orders)), OrderLine.booked_on.is_not(None))  # fmt: skip
    for line in session.execute(lines.order_by(OrderLine.id)):
        order = orders[line.order_id]
        yield from facts.of_order_line(order, line, moves[line.id], shares[line.order_id], own)


def _moves(order_ids: Sequence[int]) -> dict[int, list[Move]]:
    asked = (
        sa.select(
            DeliveryLine.id, DeliveryLine.order_line_id, Delivery.id.label("delivery_id"),
            Delivery.kind, _number(Delivery), Delivery.delivered_on.label("day"),
            DeliveryLine.quantity,
        )
        .join(Delivery, Delivery.id == DeliveryLine.delivery_id)
        .where(Delivery.order_id.in_(order_ids), Delivery.status == "posted")
        .order_by(DeliveryLine.id)
    )  # fmt: skip
    found: dict[int, list[Move]] = defaultdict(list)
    for row in host().session.execute(asked):
        found[row.order_line_id].append(Move(*row))
    return found


def _facts_of_invoices(ids: Sequence[int]) -> Iterator[Fact]:
    session, own = host().session, current_company().currency
    lines = (
        sa.select(
            InvoiceLine.id, InvoiceLine.invoice_id, InvoiceLine.corrects_id,
            InvoiceLine.product_id, InvoiceLine.quantity, InvoiceLine.net, InvoiceLine.cost,
            Invoice.kind, _number(Invoice), Invoice.order_id, Invoice.account_id,
            Invoice.channel_id, Invoice.region, Invoice.currency, Invoice.rate, Invoice.rate_on,
            Invoice.owner_id, Invoice.invoiced_on.label("day"),
        )
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .where(InvoiceLine.invoice_id.in_(ids), Invoice.status == "posted")
        .order_by(InvoiceLine.id)
    )  # fmt: skip
    found = session.execute(lines).all()
    of_orders = shares_of({line.order_id for line in found if line.order_id})
    shares = {
        line.invoice_id: of_orders[line.order_id] if line.order_id else complete((), line.owner_id)
        for line in found
    }
    yield from facts.of_invoice_lines(found, shares, own)


def _with_corrections(ids: Collection[int]) -> set[int]:
    """Invoices with those that they correct and that correct them: they are posted together."""
    session, found = host().session, set(ids)
    session.flush()
    for some in _chunks(ids):
        asked = sa.select(Invoice.corrects_id).where(
            Invoice.id.in_(some), Invoice.corrects_id.is_not(None)
        )
        found.update(session.scalars(asked))
    for some in _chunks(list(found)):
        found.update(session.scalars(sa.select(Invoice.id).where(Invoice.corrects_id.in_(some))))
    return found


def _number(model: Any) -> sa.ColumnElement[str]:
    """What a document is called in the ledger."""
    return sa.func.coalesce(model.number, model.external_id, "").label("document")


def _chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    known = sorted(ids)
    return (known[start : start + CHUNK] for start in range(0, len(known), CHUNK))
