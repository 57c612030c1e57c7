"""What of receipts is for what: allocations by hand, and those that pay what is oldest."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext, has_permission
from plugin_api.errors import Forbidden, Rejected
from plugins.sales import display
from plugins.sales.access import ALLOCATE
from plugins.sales.models import Allocation, Receipt, Receivable
from plugins.sales.services import looking, settling

Changes = Mapping[str, tuple[Any, Any]]


def check(part: Allocation, changes: Changes | None = None) -> None:
    """Complete or refuse an allocation; ``changes`` is None for a new one. Raises Rejected,
    Forbidden."""
    receipt = looking.the(Receipt, part.receipt_id) if part.receipt_id else None
    if receipt is None:
        return
    check_open(part)
    if receipt.kind != "receipt":
        raise Rejected("receipt", gettext("A refund is not allocated."))
    if part.receivable_id is None and part.invoice_id is not None:
        part.receivable_id = _of_invoice(part.invoice_id)
    row = looking.the(Receivable, part.receivable_id) if part.receivable_id else None
    if row is None:
        raise Rejected("receivable", gettext("Say what was paid."))
    if row.account_id != receipt.account_id:
        raise Rejected("receivable", gettext("This is to be paid by another account."))
    if row.currency != receipt.currency:
        raise Rejected("receivable", gettext("This is to be paid in another currency."))
    part.currency = receipt.currency
    if receipt.status == "posted":
        settling.wait_for([receipt.account_id])
    counted = 0
    if changes is not None and "receivable_id" not in changes and receipt.status == "posted":
        counted = changes.get("amount", (part.amount, 0))[0] or 0
    left, free = _left(row, counted), _unspent(receipt, part)
    if part.amount is None:
        part.amount = min(left, free)
    if part.amount <= 0:
        if not min(left, free):
            raise Rejected("amount", gettext("Nothing of it is left."))
        raise Rejected("amount", gettext("An amount is more than zero."))
    check_left(row, part.amount, left)
    if part.amount > free:
        raise Rejected(
            "amount",
            gettext("Only %(left)s of the receipt is left.",
                    left=display.money(free, receipt.currency)),
        )  # fmt: skip


def check_left(row: Receivable, amount: int, left: int) -> None:
    """Refuse to pay more of a receivable than is open. Raises Rejected."""
    if amount > left:
        raise Rejected(
            "amount",
            gettext("Only %(left)s of “%(name)s” is open.",
                    left=display.money(left, row.currency), name=row.name),
        )  # fmt: skip


def check_open(part: Allocation) -> None:
    """Refuse to touch what is reversed, or posted to those who may not allocate."""
    receipt = looking.the(Receipt, part.receipt_id)
    if receipt is None or receipt.status == "draft":
        return
    if receipt.status == "reversed":
        raise Rejected("", gettext("The receipt is reversed."))
    check_allocating()


def check_allocating() -> None:
    """Raise Forbidden unless the actor may allocate what is posted."""
    if not has_permission(ALLOCATE):
        raise Forbidden(gettext("The receipt is posted: this needs the right to allocate it."))


def parts_of(receipt_id: int) -> list[Allocation]:
    """The allocations of a receipt."""
    asked = sa.select(Allocation).where(Allocation.receipt_id == receipt_id)
    with host().session.no_autoflush:
        return list(host().session.scalars(asked.order_by(Allocation.id)))


def anew(ids: Collection[int]) -> list[Receivable]:
    """Receivables as they stand in the database, whoever has changed them since."""
    asked = sa.select(Receivable).where(Receivable.id.in_(ids)).order_by(Receivable.id)
    return list(host().session.scalars(asked.execution_options(populate_existing=True)))


def _left(row: Receivable, counted: int) -> int:
    """What is open of a receivable, less what others have taken since it was read."""
    with host().session.no_autoflush:
        paid = settling.paid_of([row.id])[row.id]
    return max(row.amount - paid, 0) + counted


def _unspent(receipt: Receipt, part: Allocation) -> int:
    """What other allocations and refunds leave of a receipt."""
    others = sum(each.amount or 0 for each in parts_of(receipt.id) if each.id != part.id)
    return receipt.amount - others - (receipt.refunded or 0)


def _of_invoice(invoice_id: int) -> int | None:
    asked = sa.select(Receivable.id).where(Receivable.invoice_id == invoice_id)
    with host().session.no_autoflush:
        return host().session.scalar(asked)
