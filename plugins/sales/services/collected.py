"""What receipts say, read for the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_company
from plugins.crm.api import Account
from plugins.sales.models import Allocation, Invoice, Order, Receipt, Receivable
from plugins.sales.services import facts
from plugins.sales.services.crediting import shares_of
from plugins.sales.services.pairing import Fact


def facts_of(ids: Sequence[int]) -> Iterator[Fact]:
    """What posted receipts and refunds say; three statements."""
    session, own = host().session, current_company().currency
    asked = (
        sa.select(
            Receipt.id, Receipt.kind, Receipt.refunds_id, Receipt.account_id, Receipt.owner_id,
            Receipt.currency, Receipt.amount, Receipt.rate, Receipt.rate_on, Receipt.received_on,
            Receipt.entered, Account.region,
            sa.func.coalesce(Receipt.number, Receipt.external_id, "").label("document"),
        )
        .join(Account, Account.id == Receipt.account_id)
        .where(Receipt.id.in_(ids), Receipt.status == "posted")
        .order_by(Receipt.id)
    )  # fmt: skip
    found = session.execute(asked).all()
    parts = _parts([receipt.id for receipt in found])
    orders = {part.order_id for some in parts.values() for part in some if part.order_id}
    yield from facts.of_receipts(found, parts, shares_of(orders) if orders else {}, own)


def with_refunds(ids: Collection[int]) -> set[int]:
    """Receipts with those that pay them back, and those that are paid back by them."""
    session, found = host().session, set(ids)
    session.flush()
    here = sa.or_(Receipt.id.in_(found), Receipt.refunds_id.in_(found))
    for id_, back in session.execute(
        sa.select(Receipt.id, Receipt.refunds_id).where(Receipt.refunds_id.is_not(None), here)
    ):
        found |= {id_, back or id_}
    return found


def _parts(receipt_ids: Sequence[int]) -> dict[int, list[Any]]:
    """By receipt: sums that were allocated to an order or invoice, in a lasting order."""
    asked = (
        sa.select(
            Allocation.receipt_id, Receivable.order_id, Receivable.invoice_id,
            sa.func.min(Receivable.owner_id).label("owner_id"),
            sa.func.min(sa.func.coalesce(Invoice.channel_id, Order.channel_id)).label("channel_id"),
            sa.func.min(sa.func.coalesce(Invoice.region, Order.region)).label("region"),
            sa.func.sum(Allocation.amount).label("amount"),
        )
        .join(Receivable, Receivable.id == Allocation.receivable_id)
        .outerjoin(Order, Order.id == Receivable.order_id)
        .outerjoin(Invoice, Invoice.id == Receivable.invoice_id)
        .where(Allocation.receipt_id.in_(receipt_ids))
        .group_by(Allocation.receipt_id, Receivable.order_id, Receivable.invoice_id)
        .order_by(
            Allocation.receipt_id, Receivable.order_id.is_(None), Receivable.order_id,
            Receivable.invoice_id.is_(None), Receivable.invoice_id,
        )
    )  # fmt: skip
    found: dict[int, list[Any]] = defaultdict(list)
    for row in host().session.execute(asked):
        found[row.receipt_id].append(row)
    return found
