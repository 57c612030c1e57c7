"""What is paid of receivables, and what of receipts is left. Whoever settles for the same
customer meanwhile waits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_company
from plugin_api.money import convert
from plugins.crm.api import Account
from plugins.sales.models import Allocation, Invoice, Order, Receipt, Receivable
from plugins.sales.services import looking, plans, posting

_COUNTS = sa.and_(Receipt.status == "posted", Receipt.kind == "receipt")


def wait_for(account_ids: Iterable[int | None]) -> None:
    """Have others wait who want to settle for the same customers.

    Taken after the locks of orders and invoices, before those of receipts: so nobody waits for
    somebody who waits for them.
    """
    session, ids = host().session, {id_ for id_ in account_ids if id_}
    locked = sa.select(Account.id).where(Account.id.in_(ids)).order_by(Account.id)
    # What is about to be written may not be whole yet.
    with session.no_autoflush:
        session.execute(locked.with_for_update(key_share=True))


def paid_of(receivable_ids: Collection[int]) -> dict[int, int]:
    """By receivable: what posted receipts were allocated to it."""
    asked = (
        sa.select(Allocation.receivable_id, sa.func.sum(Allocation.amount))
        .join(Receipt, Receipt.id == Allocation.receipt_id)
        .where(Allocation.receivable_id.in_(receivable_ids), _COUNTS)
        .group_by(Allocation.receivable_id)
    )
    found: dict[int, int] = defaultdict(int)
    for id_, amount in host().session.execute(asked):
        found[id_ or 0] = int(amount or 0)
    return found


def settle(rows: Sequence[Receivable]) -> None:
    """Count anew what is paid of receivables. What was allocated beyond what they ask for, since
    they ask for less, is the customer's credit again. A constant number of statements."""
    if not rows:
        return
    session = host().session
    wait_for(row.account_id for row in rows)
    paid = paid_of([row.id for row in rows])
    over = {row.id: paid[row.id] - row.amount for row in rows if paid[row.id] > row.amount}
    freed = _free(over)
    rates = _rates(rows)
    for row in rows:
        done = paid[row.id] - over.get(row.id, 0)
        rate = rates.get(("invoice", row.invoice_id)) or rates.get(("order", row.order_id))
        _reckon(row, done, rate, live=row.invoice_id is not None or rate is not None)
    session.flush()
    count(freed)


def count(receipt_ids: Collection[int]) -> None:
    """Count anew what is left of posted receipts, and post them."""
    if not receipt_ids:
        return
    session, own = host().session, current_company().currency
    session.flush()
    looking.keep(Receipt, receipt_ids)
    allocated = _sums(Allocation.receipt_id, Allocation.amount, receipt_ids)
    refunded = _sums(
        Receipt.refunds_id, Receipt.amount, receipt_ids,
        Receipt.kind == "refund", Receipt.status == "posted",
    )  # fmt: skip
    for id_ in receipt_ids:
        receipt = looking.the(Receipt, id_)
        if receipt is None or receipt.kind != "receipt":
            continue
        live = receipt.status == "posted"
        receipt.allocated = allocated[id_] if live else 0
        receipt.refunded = refunded[id_] if live else 0
        left = receipt.amount - allocated[id_] - refunded[id_] if live else 0
        receipt.unallocated = left
        receipt.unallocated_company = left
        if receipt.currency != own and receipt.rate is not None:
            receipt.unallocated_company = convert(left, receipt.currency, own, receipt.rate)
    session.flush()
    posting.post_receipts(receipt_ids)


def open_of(account_id: int, currency: str) -> list[Receivable]:
    """What a customer has to pay in a currency, as it stands in the database: what is due first
    comes first, what is not due yet last."""
    asked = (
        sa.select(Receivable)
        .where(
            Receivable.account_id == account_id, Receivable.currency == currency,
            Receivable.open > 0,
        )
        .order_by(Receivable.due_on.is_(None), Receivable.due_on, Receivable.id)
        .execution_options(populate_existing=True)
    )  # fmt: skip
    return list(host().session.scalars(asked))


def fill(receipt: Receipt, money: int) -> list[Receivable]:
    """Allocate so much of a posted receipt to what its customer has to pay, the oldest first.
    The lock is the caller's to take; so is it to count afterwards."""
    rows = open_of(receipt.account_id, receipt.currency)
    wanted = plans.oldest_first(money, [(row.id, row.open) for row in rows])
    for id_, amount in wanted:
        host().session.add(
            Allocation(
                receipt_id=receipt.id, receivable_id=id_, amount=amount, currency=receipt.currency
            )
        )
    host().session.flush()
    touched = {id_ for id_, _amount in wanted}
    return [row for row in rows if row.id in touched]


def _free(over: dict[int, int]) -> set[int]:
    """Take so much of each receivable from its allocations, the last first; receipts touched."""
    if not over:
        return set()
    session = host().session
    asked = (
        sa.select(Allocation)
        .join(Receipt, Receipt.id == Allocation.receipt_id)
        .where(Allocation.receivable_id.in_(over), _COUNTS)
        .order_by(Allocation.id.desc())
    )
    left, touched = dict(over), set()
    for allocation in session.scalars(asked).all():
        part = min(left[allocation.receivable_id or 0], allocation.amount or 0)
        if part <= 0:
            continue
        left[allocation.receivable_id or 0] -= part
        touched.add(allocation.receipt_id)
        if part == allocation.amount:
            session.delete(allocation)
        else:
            allocation.amount = (allocation.amount or 0) - part
    return touched


def _rates(rows: Sequence[Receivable]) -> dict[tuple[str, int | None], Decimal | None]:
    """Rates of the orders that count and of the invoices that receivables are of."""
    orders = {row.order_id for row in rows if row.invoice_id is None and row.order_id}
    invoices = {row.invoice_id for row in rows if row.invoice_id}
    found: dict[tuple[str, int | None], Decimal | None] = {}
    for kind, model, ids in (("order", Order, orders), ("invoice", Invoice, invoices)):
        if ids:
            here: type[Order] | type[Invoice] = model
            asked = sa.select(here.id, here.rate).where(here.id.in_(ids))
            for id_, rate in host().session.execute(asked):
                found[kind, id_] = rate
    return found


def _reckon(row: Receivable, paid: int, rate: Decimal | None, live: bool) -> None:
    row.paid = paid
    row.open = max(row.amount - paid, 0) if live else 0
    if not live:
        row.status = "planned"
    elif not row.open:
        row.status = "paid"
    else:
        row.status = "partial" if paid else "open"
    row.settled = row.status == "paid"
    own = current_company().currency
    if row.currency == own:
        row.amount_company, row.open_company = row.amount, row.open
    elif rate is not None:
        row.amount_company = convert(row.amount, row.currency, own, rate)
        row.open_company = convert(row.open, row.currency, own, rate)


def _sums(by: Any, amount: Any, ids: Collection[int], *where: Any) -> dict[int, int]:
    asked = sa.select(by, sa.func.sum(amount)).where(by.in_(ids), *where).group_by(by)
    found: dict[int, int] = defaultdict(int)
    for id_, value in host().session.execute(asked):
        found[id_] = int(value)
    return found
