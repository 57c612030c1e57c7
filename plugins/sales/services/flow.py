"""How orders move on. Functions of the workflow: ``check`` refuses, ``apply`` changes."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from plugin_api import host
from plugin_api.context import gettext, has_permission, today
from plugin_api.errors import Forbidden, Rejected
from plugins.sales.access import AMEND
from plugins.sales.models import Delivery, DeliveryLine, Order, OrderLine
from plugins.sales.services import guards, invoicing, looking, orders, posting

Values = Mapping[str, Any]


def open_of(line: OrderLine) -> Decimal:
    """What of a line is still to be delivered."""
    return line.quantity - line.cancelled - line.delivered


def check_confirm(order: Order, values: Values) -> None:
    """Refuse an order that says too little, or gives away too much."""
    lines = orders.lines_of(order.id)
    if not lines:
        raise Rejected("", gettext("An order needs a line."))
    guards.check(lines)


def confirm(order: Order, values: dict[str, Any]) -> None:
    """Fix what the order counts for."""
    if values.get("ordered_on"):
        order.ordered_on = values["ordered_on"]
    known = looking.customer(order.account_id)
    order.region = order.region or (known.region if known else None)
    orders.commit(order)
    orders.price(order)
    values.clear()


def check_amending(order: Order, values: Values) -> None:
    """Refuse what touches a confirmed order to those who may not amend one."""
    if order.status != "draft" and not has_permission(AMEND):
        raise Forbidden(gettext("Ask somebody who may amend confirmed orders."))


def check_cancel(order: Order, values: Values) -> None:
    """Refuse to cancel what is on its way already."""
    check_amending(order, values)
    posting.lock(Order, [order.id])
    for line in orders.lines_of(order.id):
        host().session.refresh(line)
        if line.delivered > line.returned:
            raise Rejected(
                "", gettext("Some of it is delivered. Take it back first, or close the order.")
            )
        if line.invoiced:
            raise Rejected("", gettext("Some of it is invoiced. Write a credit note first."))


def check_close(order: Order, values: Values) -> None:
    """Refuse to cancel what is not delivered to those who may not amend."""
    if any(open_of(line) > 0 for line in orders.lines_of(order.id)):
        check_amending(order, values)


def end(order: Order, values: dict[str, Any]) -> None:
    """Close or cancel: what is not delivered is cancelled."""
    order.closed_on = today()
    for line in orders.lines_of(order.id):
        if line.booked_on is not None:
            line.cancelled += max(open_of(line), Decimal(0))


def reopen(order: Order, values: dict[str, Any]) -> None:
    """Take an order up again where it was."""
    lines = orders.lines_of(order.id)
    for line in lines:
        line.cancelled = Decimal(0)
    order.closed_on = None
    order.status = "draft" if order.rate is None else standing(lines)


def standing(lines: list[OrderLine]) -> str:
    """The state of a confirmed order by what is delivered of its lines."""
    wanted = [line for line in lines if line.quantity > line.cancelled]
    if wanted and all(open_of(line) <= 0 for line in wanted):
        return "delivered"
    return "partial" if any(line.delivered for line in lines) else "confirmed"


def follow(order: Order, old: str) -> None:
    """What follows once an order is in another state: its lines count, or what was open of them
    is delivered."""
    if old == "draft" and order.rate is not None:
        for line in orders.lines_of(order.id):
            line.booked_on = line.booked_on or order.ordered_on
    if order.status == "delivered" and old in ("confirmed", "partial"):
        deliver_rest(order)
    if order.rate is not None:
        host().session.flush()
        posting.post_orders([order.id])


def prepare_delivery(order: Order, values: dict[str, Any]) -> Mapping[str, Any]:
    """A draft of a delivery of all that is open, to be corrected and posted."""
    return {"open": _draft(order, "delivery")}


def prepare_return(order: Order, values: dict[str, Any]) -> Mapping[str, Any]:
    """A draft of a return of all that was delivered, to be corrected and posted."""
    return {"open": _draft(order, "return")}


def prepare_invoice(order: Order, values: dict[str, Any]) -> Mapping[str, Any]:
    """A draft of an invoice of all that is not invoiced yet."""
    return {"open": invoicing.draft_for(order)}


def deliver_rest(order: Order) -> None:
    """Deliver all that is open, today."""
    if any(open_of(line) > 0 for line in orders.lines_of(order.id)):
        host().records.transition(_draft(order, "delivery"), "post")


def _draft(order: Order, kind: str) -> Delivery:
    parts = []
    for line in orders.lines_of(order.id):
        left = open_of(line) if kind == "delivery" else line.delivered - line.returned
        if left > 0:
            parts.append({"order_line_id": line.id, "quantity": left})
    if not parts:
        raise Rejected("", gettext("There is nothing left of this order to do that with."))
    records = host().records
    made = records.create(
        Delivery, {"order_id": order.id, "kind": kind, "owner_id": order.owner_id}
    )
    records.create_many(DeliveryLine, [{"delivery_id": made.id, **part} for part in parts])
    return made
