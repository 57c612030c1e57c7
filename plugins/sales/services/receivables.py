"""What customers are to pay: instalments follow their orders, invoices without a plan their own
terms."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext
from plugin_api.errors import Rejected
from plugins.sales.models import (
    Allocation,
    Delivery,
    Invoice,
    Order,
    OrderLine,
    Receivable,
)
from plugins.sales.services import looking, plans, settling
from plugins.sales.services.amounts import up_to

Changes = Mapping[str, tuple[Any, Any]]
OVER = ("delivered", "closed")


def keep_for(records: Sequence[Any]) -> None:
    """Read what completing new instalments needs."""
    looking.keep(Order, looking.ids_of(records, "order_id"))


def check(record: Receivable, changes: Changes | None = None) -> None:
    """Complete or refuse an instalment; ``changes`` is None for a new one. Raises Rejected."""
    if record.invoice_id is not None:
        touched = sorted((changes or {}).keys() & _OF_PLANS)
        if touched:
            raise Rejected(
                touched[0].removesuffix("_id"),
                gettext("An invoice says this. Plan the payments of its order instead."),
            )
        return
    order = looking.the(Order, record.order_id) if record.order_id else None
    if order is None:
        raise Rejected("order", gettext("Say of which order it is an instalment."))
    if changes is not None and "order_id" in changes:
        raise Rejected("order", gettext("It stays where it is. Make a new one there."))
    if (record.share is None) == (record.fixed is None):
        raise Rejected("share", gettext("Give a share, or a fixed amount."))
    if record.fixed is not None and record.fixed <= 0:
        raise Rejected("fixed", gettext("An amount is more than zero."))
    if record.share is not None and record.share <= 0:
        raise Rejected("share", gettext("A share is more than 0 %."))
    if record.due_rule == "date" and record.due_on is None:
        raise Rejected("due_on", gettext("Say when it is due."))
    if record.due_rule != "date" and changes is None:
        record.due_on = None
    elif record.due_rule != "date" and "due_on" in (changes or {}):
        raise Rejected("due_on", gettext("The day follows from what it is due after."))
    record.currency, record.account_id = order.currency, order.account_id
    record.owner_id = order.owner_id
    _check_sum(record, order, new=changes is None)
    _call(record, order.number or order.external_id, order.account_id)


_OF_PLANS = frozenset(
    {"order_id", "position", "share", "fixed", "due_rule", "due_days", "month_end", "currency"}
)


def _check_sum(record: Receivable, order: Order, *, new: bool) -> None:
    """Refuse to ask for more than the order comes to, and for what invoices are paid by."""
    others = [each for each in planned_of([order.id]) if each.id != record.id]
    share = sum((each.share or Decimal(0) for each in (*others, record)), Decimal(0))
    if share > plans.WHOLE:
        raise Rejected(
            "share", gettext("The shares would add up to %(total)s %%.",
                             total=f"{share.normalize():f}"),
        )  # fmt: skip
    total = payable([order.id]).get(order.id, 0)
    if order.status == "cancelled":
        return
    # Each alone, unlike amounts that give way: who plans too much is told.
    fixed = sum(each.fixed or 0 for each in (*others, record))
    if record.fixed is not None and fixed + int(total * share / plans.WHOLE) > total:
        raise Rejected("fixed", gettext("The instalments would be more than the order comes to."))
    if not others and new and _invoices_paid(order.id):
        raise Rejected(
            "order", gettext("Invoices of the order are being paid already, without a plan.")
        )


def _invoices_paid(order_id: int) -> bool:
    asked = (
        sa.select(Receivable.id)
        .where(Receivable.order_id == order_id, Receivable.invoice_id.is_not(None))
        .where(sa.select(Allocation.id).where(Allocation.receivable_id == Receivable.id).exists())
    )
    with host().session.no_autoflush:
        return host().session.scalar(asked.limit(1)) is not None


def check_delete(record: Receivable) -> None:
    """Refuse to delete what something was allocated to, or what an invoice asks for."""
    if record.invoice_id is not None:
        raise Rejected("", gettext("An invoice asks for it. Write a credit note."))
    asked = sa.select(Allocation.id).where(Allocation.receivable_id == record.id).limit(1)
    if host().session.scalar(asked) is not None:
        raise Rejected("", gettext("Something was allocated to it. Take that away first."))


def planned_of(order_ids: Collection[int]) -> list[Receivable]:
    """The instalments of orders, in their order."""
    asked = sa.select(Receivable).where(
        Receivable.order_id.in_(order_ids), Receivable.invoice_id.is_(None)
    )
    with host().session.no_autoflush:
        return list(host().session.scalars(asked.order_by(Receivable.position, Receivable.id)))


def payable(order_ids: Collection[int]) -> dict[int, int]:
    """By order: what is to be paid of it with tax, less what was cancelled or came back."""
    asked = sa.select(
        OrderLine.order_id, OrderLine.amount, OrderLine.tax, OrderLine.quantity,
        OrderLine.cancelled, OrderLine.returned,
    ).where(OrderLine.order_id.in_(order_ids))  # fmt: skip
    found: dict[int, int] = defaultdict(int)
    with host().session.no_autoflush:
        for order_id, amount, tax, quantity, cancelled, returned in host().session.execute(asked):
            left = quantity - cancelled - returned
            found[order_id] += int(up_to(Decimal(amount + tax), left, quantity, Decimal(1)))
    return found


def follow_orders(order_ids: Collection[int], without: Collection[int] = ()) -> None:
    """Have instalments say what their orders say by now; ``without`` are about to be deleted.
    One statement where there is no plan, else a constant number."""
    session = host().session
    session.flush()
    by_order: dict[int, list[Receivable]] = defaultdict(list)
    for each in planned_of(order_ids):
        if each.id not in without and each.order_id is not None:
            by_order[each.order_id].append(each)
    looking.keep(Order, order_ids)
    orders = [order for id_ in order_ids if (order := looking.the(Order, id_)) is not None]
    touched = [order for order in orders if order.id in by_order or order.planned is not None]
    if not touched:
        return
    ids = [order.id for order in touched]
    totals, events = payable(ids), _events(touched)
    for order in touched:
        total = 0 if order.status == "cancelled" else totals.get(order.id, 0)
        rows = by_order[order.id]
        found = plans.amounts(total, [plans.Part(each.share, each.fixed) for each in rows])
        for each, amount in zip(rows, found, strict=True):
            each.amount = amount
            each.owner_id, each.account_id = order.owner_id, order.account_id
            if each.due_rule != "date":
                each.due_on = plans.due_day(
                    each.due_rule, each.due_days, each.month_end, events[order.id]
                )
            _call(each, order.number or order.external_id, order.account_id)
        order.planned = sum(found) if rows else None
        order.unplanned = total - sum(found) if rows else None
    session.flush()
    settling.settle([each for order in touched for each in by_order[order.id]])
    billed = session.scalars(
        sa.select(Invoice.id).where(Invoice.order_id.in_(ids), Invoice.status == "posted")
    ).all()
    if billed:
        follow_invoices(billed, without)


def _events(orders: Sequence[Order]) -> dict[int, dict[str, dt.date | None]]:
    """By order: the days that instalments may be due after."""
    session, ids = host().session, [order.id for order in orders]
    delivered = {
        row[0]: row[1:]
        for row in session.execute(
            sa.select(
                Delivery.order_id, sa.func.min(Delivery.delivered_on),
                sa.func.max(Delivery.delivered_on),
            )
            .where(
                Delivery.order_id.in_(ids), Delivery.status == "posted",
                Delivery.kind == "delivery",
            )
            .group_by(Delivery.order_id)
        )
    }  # fmt: skip
    invoiced = dict(
        session.execute(
            sa.select(Invoice.order_id, sa.func.min(Invoice.invoiced_on))
            .where(Invoice.order_id.in_(ids), Invoice.status == "posted", Invoice.kind == "invoice")
            .group_by(Invoice.order_id)
        ).all()
    )
    return {
        order.id: {
            "ordered": order.ordered_on if order.rate is not None else None,
            "first_delivery": delivered.get(order.id, (None, None))[0],
            "delivered": delivered.get(order.id, (None, None))[1] if order.status in OVER else None,
            "invoiced": invoiced.get(order.id),
        }
        for order in orders
    }


def follow_invoices(ids: Collection[int], without: Collection[int] = ()) -> None:
    """Have posted invoices of orders without a plan ask for what is not credited of them, also
    where only the credit notes are given. ``without`` are instalments about to be deleted. A
    constant number of statements."""
    session = host().session
    session.flush()
    asked = sa.select(Invoice).where(Invoice.id.in_(ids), Invoice.status == "posted")
    found = session.scalars(asked).all()
    corrected = {each.corrects_id for each in found if each.corrects_id} - set(ids)
    if corrected:
        found = [*found, *session.scalars(sa.select(Invoice).where(Invoice.id.in_(corrected)))]
    invoices = [each for each in found if each.kind == "invoice"]
    if not invoices:
        return
    numbers = [each.id for each in invoices]
    credited = dict(
        session.execute(
            sa.select(Invoice.corrects_id, sa.func.sum(Invoice.total))
            .where(Invoice.corrects_id.in_(numbers), Invoice.status == "posted")
            .group_by(Invoice.corrects_id)
        ).all()
    )
    of_orders = {invoice.order_id for invoice in invoices if invoice.order_id}
    planned = {each.order_id for each in planned_of(of_orders) if each.id not in without}
    # Before they are read: whoever allocates to them at this moment is to be seen, or to wait.
    settling.wait_for(invoice.account_id for invoice in invoices)
    held = {
        each.invoice_id: each
        for each in session.scalars(
            sa.select(Receivable).where(Receivable.invoice_id.in_(numbers)),
            execution_options={"populate_existing": True},
        )
    }
    used = _used([row.id for row in held.values()])
    touched = []
    for invoice in invoices:
        left = max(invoice.total - int(credited.get(invoice.id, 0)), 0)
        if invoice.settled or (invoice.order_id and invoice.order_id in planned):
            left = 0
        row = held.get(invoice.id)
        if not left and (row is None or row.id not in used):
            if row is not None:
                session.delete(row)
            continue
        if row is None:
            row = Receivable(
                invoice_id=invoice.id, order_id=invoice.order_id, currency=invoice.currency,
                status="open",
            )  # fmt: skip
            session.add(row)
        row.amount, row.due_on = left, invoice.due_on
        row.owner_id, row.account_id = invoice.owner_id, invoice.account_id
        _call(row, invoice.number or invoice.external_id, invoice.account_id)
        touched.append(row)
    session.flush()
    settling.settle(touched)


def _used(ids: Collection[int]) -> set[int | None]:
    """Those of some receivables that anything was allocated to."""
    asked = sa.select(Allocation.receivable_id).where(Allocation.receivable_id.in_(ids)).distinct()
    return set(host().session.scalars(asked)) if ids else set()


def _call(record: Receivable, number: str | None, account_id: int | None) -> None:
    known = looking.customer(account_id)
    what = number if record.invoice_id is not None else f"{number or '–'} #{record.position}"
    parts = [what, record.label, known.name if known else None]
    record.name = " · ".join(part for part in parts if part)[:300]
