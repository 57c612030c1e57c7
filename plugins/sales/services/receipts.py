"""What is checked and completed when receipts and refunds are written and posted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_company, gettext, today
from plugin_api.errors import Rejected
from plugin_api.money import convert
from plugins.sales import display
from plugins.sales.models import Allocation, Receipt, Receivable
from plugins.sales.services import allocating, looking, naming, orders, settling
from plugins.sales.settings import AUTO_ALLOCATE

Changes = Mapping[str, tuple[Any, Any]]
Values = Mapping[str, Any]

FIXED = frozenset(
    {"kind", "number", "account_id", "received_on", "amount", "currency", "refunds_id"}
)
"""What a receipt counts for, from the moment it is posted."""


def keep_for(records: Sequence[Any]) -> None:
    """Read what completing new receipts or allocations needs."""
    if isinstance(records[0], Receipt):
        looking.customers(looking.ids_of(records, "account_id"))
        looking.keep(Receipt, looking.ids_of(records, "refunds_id"))
        return
    looking.keep(Receipt, looking.ids_of(records, "receipt_id"))
    looking.keep(Receivable, looking.ids_of(records, "receivable_id"))


def begin(receipt: Receipt) -> None:
    """Complete or refuse a new receipt. Raises Rejected, Forbidden."""
    orders.check_entering(receipt.status)
    if receipt.amount is not None and receipt.amount <= 0:
        raise Rejected("amount", gettext("An amount is more than zero."))
    if receipt.kind == "refund" and receipt.refunds_id is None:
        raise Rejected("refunds", gettext("Say which receipt is paid back."))
    if receipt.kind != "refund" and receipt.refunds_id is not None:
        raise Rejected("refunds", gettext("Only a refund pays a receipt back."))
    paid_back = looking.the(Receipt, receipt.refunds_id) if receipt.refunds_id else None
    if paid_back is not None:
        if paid_back.kind != "receipt" or paid_back.account_id != receipt.account_id:
            raise Rejected("refunds", gettext("This is a receipt of another account."))
        if paid_back.currency != receipt.currency:
            raise Rejected("currency", gettext("The receipt is in another currency."))
    if receipt.status != "draft":
        receipt.entered = True
        commit(receipt)
    naming.call(receipt, receipt.account_id)


def commit(receipt: Receipt) -> None:
    """Give a receipt that is posted its day, rate and number. A refund has the rate of what it
    pays back, so that both are nothing together."""
    receipt.received_on = receipt.received_on or today()
    paid_back = looking.the(Receipt, receipt.refunds_id) if receipt.refunds_id else None
    if paid_back is not None and paid_back.rate is not None:
        receipt.rate, receipt.rate_on = paid_back.rate, paid_back.rate_on
    else:
        receipt.rate = looking.rate(receipt.currency, receipt.received_on)
        receipt.rate_on = receipt.received_on
    own = current_company().currency
    receipt.amount_company = receipt.amount
    if receipt.currency != own and receipt.rate is not None:
        receipt.amount_company = convert(receipt.amount, receipt.currency, own, receipt.rate)
    if not receipt.number and not receipt.external_id:
        receipt.number = naming.next_number(receipt.kind, receipt.received_on)


def change(receipt: Receipt, changes: Changes) -> None:
    """Complete or refuse a change. Raises Rejected."""
    was = changes["status"][0] if "status" in changes else receipt.status
    if was != "draft" and (touched := sorted(changes.keys() & FIXED)):
        raise Rejected(touched[0].removesuffix("_id"), gettext("It is posted. Reverse it."))
    if receipt.amount is not None and receipt.amount <= 0:
        raise Rejected("amount", gettext("An amount is more than zero."))
    if changes.keys() & {"account_id", "currency", "kind", "refunds_id"} and allocating.parts_of(
        receipt.id
    ):
        raise Rejected("account", gettext("It is allocated already. Take that away first."))
    if was == "draft" and changes.keys() & {"kind", "refunds_id", "account_id", "currency"}:
        status, receipt.status = receipt.status, "draft"
        begin(receipt)
        receipt.status = status
    naming.call(receipt, receipt.account_id)


def check_delete(record: Receipt | Allocation) -> None:
    """Refuse to delete what is posted, or to free it to those who may not allocate."""
    if isinstance(record, Receipt):
        if record.status != "draft":
            raise Rejected("", gettext("It is posted. Reverse it."))
        return
    allocating.check_open(record)


def check_post(receipt: Receipt, values: Values) -> None:
    """Refuse what is more than there is to pay, or to pay back."""
    settling.wait_for([receipt.account_id])
    if receipt.kind == "refund":
        _check_refund(receipt)
        return
    wanted: dict[int, int] = defaultdict(int)
    for part in allocating.parts_of(receipt.id):
        wanted[part.receivable_id or 0] += part.amount or 0
    if sum(wanted.values()) > receipt.amount:
        raise Rejected("amount", gettext("More is allocated than was received."))
    for row in allocating.anew(wanted):
        allocating.check_left(row, wanted[row.id], row.amount - row.paid)


def post(receipt: Receipt, values: dict[str, Any]) -> None:
    """Give it its day, rate and number."""
    if values.get("received_on"):
        receipt.received_on = values["received_on"]
    values.clear()
    commit(receipt)


def check_reverse(receipt: Receipt, values: Values) -> None:
    """Refuse to reverse what was paid back already."""
    settling.wait_for([receipt.account_id])
    asked = sa.select(Receipt.id).where(
        Receipt.refunds_id == receipt.id, Receipt.status == "posted"
    )
    if host().session.scalar(asked.limit(1)) is not None:
        raise Rejected("", gettext("Some of it was paid back. Reverse the refund first."))


def reverse(receipt: Receipt, values: dict[str, Any]) -> None:
    """Keep the day on which it did not count any more."""
    receipt.reversed_on = today()


def allocate(receipt: Receipt, values: dict[str, Any]) -> Mapping[str, Any]:
    """Allocate what is left of a posted receipt, the oldest first. Raises Rejected."""
    allocating.check_allocating()
    settling.wait_for([receipt.account_id])
    host().session.refresh(receipt)
    if not settling.fill(receipt, receipt.unallocated):
        raise Rejected("", gettext("There is nothing left of it, or nothing to pay."))
    follow([receipt.id])
    return {}


def refund(receipt: Receipt, values: dict[str, Any]) -> Mapping[str, Any]:
    """A draft of a refund of all that is not allocated. Raises Rejected."""
    if receipt.kind != "receipt" or receipt.unallocated <= 0:
        raise Rejected("", gettext("All of it is allocated. Take that away first."))
    made = host().records.create(
        Receipt,
        {
            "kind": "refund", "refunds_id": receipt.id, "account_id": receipt.account_id,
            "amount": receipt.unallocated, "currency": receipt.currency,
            "method": receipt.method, "owner_id": receipt.owner_id,
        },
    )  # fmt: skip
    return {"open": made}


def follow(receipt_ids: Collection[int]) -> None:
    """Count and post receipts whose state or allocations have changed, with what they pay and
    what they pay back. A constant number of statements."""
    session = host().session
    session.flush()
    looking.keep(Receipt, receipt_ids)
    receipts = [found for id_ in receipt_ids if (found := looking.the(Receipt, id_)) is not None]
    settling.wait_for({receipt.account_id for receipt in receipts})
    asked = sa.select(Allocation.receivable_id).where(Allocation.receipt_id.in_(receipt_ids))
    settle_rows(set(session.scalars(asked)))
    back = {receipt.refunds_id for receipt in receipts if receipt.refunds_id}
    settling.count({*receipt_ids, *back})


def take_away(part: Allocation) -> None:
    """Have an allocation count for nothing, since it is about to be deleted."""
    part.amount = 0
    follow([part.receipt_id])


def settle_rows(ids: Collection[int | None]) -> None:
    """Count anew what is paid of some receivables, as they stand in the database."""
    settling.settle(allocating.anew({id_ for id_ in ids if id_}))


def follow_posting(receipt: Receipt) -> None:
    """What follows once a receipt is posted or reversed: unless it was said what it is for, it
    pays what is oldest."""
    fills = receipt.status == "posted" and receipt.kind == "receipt" and not receipt.entered
    if fills and host().setting(AUTO_ALLOCATE) and not allocating.parts_of(receipt.id):
        settling.wait_for([receipt.account_id])
        settling.fill(receipt, receipt.amount)
    follow([receipt.id])


def paying(order_ids: Collection[int]) -> list[int]:
    """Posted receipts that pay for orders."""
    asked = (
        sa.select(Allocation.receipt_id)
        .join(Receivable, Receivable.id == Allocation.receivable_id)
        .where(Receivable.order_id.in_(order_ids))
        .distinct()
    )
    return list(host().session.scalars(asked))


def _check_refund(refund_: Receipt) -> None:
    receipt = looking.the(Receipt, refund_.refunds_id or 0)
    if receipt is None or receipt.status != "posted":
        raise Rejected("refunds", gettext("The receipt is not posted."))
    host().session.refresh(receipt)
    if refund_.amount > receipt.unallocated:
        raise Rejected(
            "amount",
            gettext("Only %(left)s of the receipt is left.",
                    left=display.money(receipt.unallocated, receipt.currency)),
        )  # fmt: skip
