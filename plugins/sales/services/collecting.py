"""Which rule applies when what customers are to pay, and have paid, is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from plugins.sales.models import Allocation, OrderCredit, Receipt, Receivable
from plugins.sales.services import allocating, posting, receipts, receivables

Changes = Mapping[str, tuple[Any, Any]]
Written = Receivable | Receipt | Allocation

MODELS = (Receivable, Receipt, Allocation)


def before_create_many(records: Sequence[Any]) -> None:
    """Read what completing them needs."""
    if isinstance(records[0], Receivable):
        receivables.keep_for(records)
    else:
        receipts.keep_for(records)


def before_create(record: Written) -> None:
    """Complete or refuse a new record."""
    if isinstance(record, Receivable):
        receivables.check(record)
    elif isinstance(record, Receipt):
        receipts.begin(record)
    else:
        allocating.check(record)


def after_create_many(records: Sequence[Any]) -> None:
    """Follow up on new records together."""
    if isinstance(records[0], Receivable):
        receivables.follow_orders({record.order_id for record in records})
    elif isinstance(records[0], Receipt):
        posted = {record.id for record in records if record.status == "posted"}
        if posted:
            receipts.follow(posted)
    else:
        receipts.follow({record.receipt_id for record in records})


def before_update(record: Written, changes: Changes) -> None:
    """Complete or refuse a change."""
    if isinstance(record, Receivable):
        receivables.check(record, changes)
    elif isinstance(record, Receipt):
        receipts.change(record, changes)
    else:
        allocating.check(record, changes)


def after_update(record: Written, changes: Changes) -> None:
    """Follow up on a change."""
    if isinstance(record, Receivable):
        if record.order_id is not None and record.invoice_id is None:
            receivables.follow_orders([record.order_id])
    elif isinstance(record, Receipt):
        if "status" in changes:
            receipts.follow_posting(record)
        elif "owner_id" in changes and record.status != "draft":
            receipts.follow([record.id])
    else:
        receipts.follow([record.receipt_id])
        receipts.settle_rows([changes.get("receivable_id", (None, None))[0]])


def before_delete(record: Written) -> None:
    """Refuse a deletion, or count what is left."""
    if isinstance(record, Receivable):
        receivables.check_delete(record)
        if record.order_id is not None:
            receivables.follow_orders([record.order_id], without=[record.id])
    else:
        receipts.check_delete(record)
        if isinstance(record, Allocation):
            receipts.take_away(record)


def credit_moves(credits: Sequence[OrderCredit]) -> None:
    """What was paid for orders follows the shares in them."""
    found = receipts.paying({credit.order_id for credit in credits})
    if found:
        posting.post_receipts(found)
