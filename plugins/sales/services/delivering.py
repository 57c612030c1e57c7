"""What is checked and completed when deliveries and returns are written and posted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext, has_permission, today
from plugin_api.errors import Rejected
from plugins.sales.access import ENTER
from plugins.sales.models import Delivery, DeliveryLine, Order, OrderLine
from plugins.sales.services import flow, looking, naming, orders, posting, receivables

Changes = Mapping[str, tuple[Any, Any]]

LIVE = ("confirmed", "partial", "delivered")
STAYS = frozenset({"kind", "order_id", "delivered_on"})


def keep_for(records: Sequence[Any]) -> None:
    """Read what completing new deliveries or lines needs."""
    if isinstance(records[0], DeliveryLine):
        looking.keep(Delivery, looking.ids_of(records, "delivery_id"))
        looking.keep(OrderLine, looking.ids_of(records, "order_line_id"))
        return
    looking.keep(Order, looking.ids_of(records, "order_id"))


def begin(delivery: Delivery) -> None:
    """Complete or refuse a new delivery. Raises Rejected, Forbidden."""
    orders.check_entering(delivery.status)
    order = looking.the(Order, delivery.order_id)
    if order is not None and (order.rate is None or order.status == "cancelled"):
        raise Rejected("order", gettext("The order is not confirmed."))
    if delivery.status == "posted":
        commit(delivery)
    naming.call(delivery, order.account_id if order else None)


def commit(delivery: Delivery) -> None:
    """Give a delivery that is posted its day and number."""
    delivery.delivered_on = delivery.delivered_on or today()
    if not delivery.number and not delivery.external_id:
        delivery.number = naming.next_number(delivery.kind, delivery.delivered_on)


def change(delivery: Delivery, changes: Changes) -> None:
    """Complete or refuse a change. Raises Rejected."""
    was = changes["status"][0] if "status" in changes else delivery.status
    if was != "draft" and (touched := sorted(changes.keys() & STAYS)):
        raise Rejected(
            touched[0].removesuffix("_id"), gettext("It is posted. Cancel it, and write another.")
        )
    order = looking.the(Order, delivery.order_id)
    naming.call(delivery, order.account_id if order else None)


def check_part(line: DeliveryLine, changes: Changes | None = None) -> None:
    """Refuse a line that does not belong to the order, or whose delivery is posted."""
    delivery = looking.the(Delivery, line.delivery_id) if line.delivery_id else None
    if delivery is None or line.quantity is None:
        return
    if delivery.status != "draft" and (changes is not None or not has_permission(ENTER)):
        raise Rejected("", gettext("It is posted. Cancel it, and write another."))
    if line.quantity <= 0:
        raise Rejected("quantity", gettext("A quantity is more than zero."))
    of = looking.the(OrderLine, line.order_line_id) if line.order_line_id else None
    if of is not None and of.order_id != delivery.order_id:
        raise Rejected("order_line", gettext("This is a line of another order."))


def check_delete(record: Delivery | DeliveryLine) -> None:
    """Refuse to delete what is posted. Raises Rejected."""
    delivery = record if isinstance(record, Delivery) else looking.the(Delivery, record.delivery_id)
    if delivery is not None and delivery.status != "draft":
        raise Rejected("", gettext("It is posted: cancel it instead."))


def check_post(delivery: Delivery, values: Mapping[str, Any]) -> None:
    """Refuse what is empty, or more than there is; whoever posts of the same order waits."""
    session = host().session
    posting.lock(Order, [delivery.order_id])
    asked = sa.select(DeliveryLine).where(DeliveryLine.delivery_id == delivery.id)
    parts = session.scalars(asked.order_by(DeliveryLine.id)).all()
    if not parts:
        raise Rejected("", gettext("It has no lines."))
    done = _moved([delivery.order_id])
    left: dict[int, Decimal] = defaultdict(Decimal)
    for part in parts:
        left[part.order_line_id] += part.quantity
    for line in orders.lines_of(delivery.order_id):
        out, back = done.get(line.id, (Decimal(0), Decimal(0)))
        out += left[line.id] if delivery.kind == "delivery" else 0
        back += left[line.id] if delivery.kind == "return" else 0
        _check(line, out, back)


def check_cancel(delivery: Delivery, values: Mapping[str, Any]) -> None:
    """Refuse to take back a delivery of which something came back already."""
    posting.lock(Order, [delivery.order_id])


def post(delivery: Delivery, values: dict[str, Any]) -> None:
    """Give it its day and number."""
    if values.get("delivered_on"):
        delivery.delivered_on = values["delivered_on"]
    values.clear()
    commit(delivery)


def follow(order_ids: Collection[int]) -> None:
    """Count anew what is delivered of orders, and post it. Raises Rejected for more than was
    ordered, or than was delivered. A constant number of statements."""
    session = host().session
    session.flush()
    moved = _moved(order_ids)
    asked = sa.select(OrderLine).where(OrderLine.order_id.in_(order_ids))
    by_order: dict[int, list[OrderLine]] = defaultdict(list)
    for line in session.scalars(asked.order_by(OrderLine.id)):
        by_order[line.order_id].append(line)
        out, back = moved.get(line.id, (Decimal(0), Decimal(0)))
        _check(line, out, back)
        line.delivered, line.returned = out, back
    looking.keep(Order, order_ids)
    for id_, lines in by_order.items():
        order = looking.the(Order, id_)
        if order is not None and order.status in LIVE:
            order.status = flow.standing(lines)
    session.flush()
    posting.post_orders(order_ids)
    receivables.follow_orders(order_ids)


def _moved(order_ids: Collection[int]) -> dict[int, tuple[Decimal, Decimal]]:
    """By order line: what posted deliveries brought, and what returns took back."""
    asked = (
        sa.select(DeliveryLine.order_line_id, Delivery.kind, sa.func.sum(DeliveryLine.quantity))
        .join(Delivery, Delivery.id == DeliveryLine.delivery_id)
        .where(Delivery.order_id.in_(order_ids), Delivery.status == "posted")
        .group_by(DeliveryLine.order_line_id, Delivery.kind)
    )
    found: dict[int, tuple[Decimal, Decimal]] = {}
    for line_id, kind, quantity in host().session.execute(asked):
        out, back = found.get(line_id, (Decimal(0), Decimal(0)))
        found[line_id] = (quantity, back) if kind == "delivery" else (out, quantity)
    return found


def _check(line: OrderLine, out: Decimal, back: Decimal) -> None:
    what = line.description or str(line.position)
    if out > line.quantity - line.cancelled:
        raise Rejected(
            "quantity",
            gettext("“%(line)s”: that is more than was ordered.", line=what),
        )
    if back > out:
        raise Rejected(
            "quantity", gettext("“%(line)s”: that is more than was delivered.", line=what)
        )
