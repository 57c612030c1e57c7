"""How much of orders is invoiced, and of invoices credited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal

import sqlalchemy as sa

from plugin_api import host
from plugins.sales.models import Invoice, InvoiceLine, Order, OrderLine
from plugins.sales.services import looking


def lines_of(invoice_id: int) -> list[InvoiceLine]:
    """The lines of an invoice as they stand in it."""
    asked = sa.select(InvoiceLine).where(InvoiceLine.invoice_id == invoice_id)
    with host().session.no_autoflush:
        return list(host().session.scalars(asked.order_by(InvoiceLine.position, InvoiceLine.id)))


def credited(invoice_id: int) -> dict[int, tuple[Decimal, Decimal]]:
    """By line of an invoice: quantity and net amount that posted credit notes took back."""
    asked = (
        sa.select(
            InvoiceLine.corrects_id, sa.func.sum(InvoiceLine.quantity),
            sa.func.sum(InvoiceLine.net),
        )
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .where(Invoice.corrects_id == invoice_id, Invoice.status == "posted")
        .group_by(InvoiceLine.corrects_id)
    )  # fmt: skip
    return {id_ or 0: (quantity, net) for id_, quantity, net in host().session.execute(asked)}


def billed(order_ids: Collection[int]) -> dict[int, Decimal]:
    """By order line: what is invoiced, less what is credited."""
    asked = (
        sa.select(InvoiceLine.order_line_id, Invoice.kind, sa.func.sum(InvoiceLine.quantity))
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .where(
            Invoice.order_id.in_(order_ids),
            Invoice.status == "posted",
            InvoiceLine.order_line_id.is_not(None),
        )
        .group_by(InvoiceLine.order_line_id, Invoice.kind)
    )
    found: dict[int, Decimal] = defaultdict(Decimal)
    for line_id, kind, quantity in host().session.execute(asked):
        found[line_id or 0] += quantity if kind == "invoice" else -quantity
    return found


def count(order_ids: Collection[int]) -> None:
    """Count anew what is invoiced of orders."""
    session, done = host().session, billed(order_ids)
    asked = sa.select(OrderLine).where(OrderLine.order_id.in_(order_ids))
    by_order: dict[int, list[OrderLine]] = defaultdict(list)
    for line in session.scalars(asked):
        line.invoiced = done[line.id]
        by_order[line.order_id].append(line)
    looking.keep(Order, order_ids)
    for id_, found in by_order.items():
        order = looking.the(Order, id_)
        if order is not None:
            full = all(line.invoiced >= line.quantity - line.cancelled for line in found)
            some = any(line.invoiced > 0 for line in found)
            order.billed = "full" if full else "partial" if some else "nothing"
    session.flush()
