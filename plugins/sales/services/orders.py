"""What is checked and completed when orders and their lines are written."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_company, gettext, has_permission, today
from plugin_api.errors import Forbidden, Rejected
from plugin_api.money import convert, to_minor
from plugins.sales.access import AMEND, CREDIT, ENTER
from plugins.sales.models import Order, OrderCredit, OrderLine
from plugins.sales.services import (
    guards,
    lines,
    looking,
    naming,
    posting,
    pricing,
    receivables,
    versions,
)

Changes = Mapping[str, tuple[Any, Any]]

ENDED = ("closed", "cancelled")
FIXED = frozenset(
    {
        "account_id",
        "currency",
        "channel_id",
        "region",
        "credited_id",
        "ordered_on",
        "discount",
        "coupons",
    }
)
"""What an order counts for, from the moment it is confirmed."""


def check_entering(status: str) -> None:
    """Refuse a document that begins further on than as a draft. Raises Forbidden."""
    if status != "draft" and not has_permission(ENTER):
        raise Forbidden(gettext("This needs the right to enter what was handled elsewhere."))


def begin(order: Order) -> None:
    """Complete or refuse a new order. Raises Rejected, Forbidden."""
    check_entering(order.status)
    known = looking.customer(order.account_id)
    order.region = order.region or (known.region if known else None)
    if order.status != "draft":
        order.entered = True
        if order.account_id is None:
            raise Rejected("account", gettext("Say whose order it is."))
        commit(order)
        if order.status in ENDED:
            order.closed_on = order.ordered_on
    pricing.check_coupons(order)
    naming.call(order, order.account_id)


def commit(order: Order) -> None:
    """Fix what a confirmed order counts for: day, rate, number, and who is credited."""
    order.ordered_on = order.ordered_on or today()
    order.rate = looking.rate(order.currency, order.ordered_on)
    order.rate_on = order.ordered_on
    order.credited_id = order.credited_id or order.owner_id
    if not order.number and not (order.entered and order.external_id):
        order.number = naming.next_number("order", order.ordered_on)


def change(order: Order, changes: Changes) -> None:
    """Complete or refuse a change of an order. Raises Rejected."""
    was = changes["status"][0] if "status" in changes else order.status
    if was != "draft":
        touched = sorted(changes.keys() & FIXED)
        if touched:
            raise Rejected(
                touched[0].removesuffix("_id"),
                gettext("The order is confirmed. Cancel it, and write another."),
            )
    elif "currency" in changes and _has_lines(order):
        raise Rejected("currency", gettext("Its lines are in another currency."))
    if "coupons" in changes:
        pricing.check_coupons(order)
    if was not in ("draft", *ENDED) and changes.keys() & versions.AMENDED:
        versions.begin([order.id])
    if changes.keys() & {"number", "external_id", "account_id", "status"}:
        naming.call(order, order.account_id)


def check_delete(order: Order) -> None:
    """Refuse to delete what is in the ledger. Raises Rejected."""
    if order.status != "draft":
        raise Rejected("", gettext("It is confirmed: cancel it instead."))


def keep_for(records: Sequence[Any]) -> None:
    """Read what completing new orders, lines or credits needs."""
    if isinstance(records[0], Order):
        looking.customers(looking.ids_of(records, "account_id"))
        return
    looking.keep(Order, looking.ids_of(records, "order_id"))
    if isinstance(records[0], OrderLine):
        looking.keep_goods(looking.ids_of(records, "product_id"))
        _keep_versions(records)


def complete_line(line: OrderLine, changes: Changes | None = None) -> None:
    """Complete or refuse a line; ``changes`` is None for a new one. Raises Rejected."""
    order = _order_of(line)
    if order is None or None in (line.quantity, line.discount, line.tax_rate):
        return
    _check_amending(order, line, changes)
    if changes is not None and changes.keys() & _COUNTS:
        _keep_versions([line])
    if line.quantity <= 0:
        raise Rejected("quantity", gettext("A quantity is more than zero."))
    on = order.ordered_on or today()
    pricing.begin(line, changes, priced=not order.entered)
    if changes is not None and "product_id" in changes and "price" not in changes:
        line.price = line.cost = None
        if "description" not in changes:
            line.description = None
    lines.fill(line, order.currency, on, by_hand=not order.entered)
    lines.reckon(line, order.discount)
    if changes is None and order.status != "draft":
        line.booked_on = order.ordered_on if order.entered else today()
        line.cancelled = line.quantity if order.status == "cancelled" else Decimal(0)
    if changes is not None and order.status != "draft":
        _check_left(line)
    if order.status not in ("draft", *ENDED) and not order.entered:
        guards.check([line])


def check_delete_line(line: OrderLine) -> None:
    """Refuse to delete a line that is in the ledger. Raises Rejected."""
    order = _order_of(line)
    if order is not None and order.status != "draft":
        raise Rejected("", gettext("The order is confirmed: lower the quantity instead."))


def follow(order_ids: Collection[int], without: Collection[int] = ()) -> None:
    """Add up orders whose lines have changed, and post those that count.

    ``without`` are lines that are about to be deleted. A constant number of statements.
    """
    session = host().session
    session.flush()
    pricing.price(Order, order_ids, without)
    sums = (
        sa.select(
            OrderLine.order_id,
            sa.func.sum(OrderLine.net),
            sa.func.sum(OrderLine.tax),
            sa.func.sum(OrderLine.list_amount),
        )
        .where(OrderLine.order_id.in_(order_ids), OrderLine.id.not_in(without))
        .group_by(OrderLine.order_id)
    )
    found = {row[0]: row[1:] for row in session.execute(sums)}
    looking.keep(Order, order_ids)
    live = []
    for id_ in order_ids:
        order = looking.the(Order, id_)
        if order is None:
            continue
        net, tax, listed = found.get(id_, (Decimal(0), 0, 0))
        order.amount, order.tax = to_minor(net, order.currency), int(tax)
        order.list_amount = int(listed)
        order.total = order.amount + order.tax
        price(order)
        if order.status != "draft":
            live.append(id_)
    session.flush()
    if live:
        posting.post_orders(live)
    receivables.follow_orders(order_ids)


def reckon_again(order: Order) -> None:
    """Reckon the lines anew: the discount on all has changed."""
    for line in lines_of(order.id):
        lines.reckon(line, order.discount)
    follow([order.id])


def price(order: Order) -> None:
    """Keep the amount in the company's currency: at the order's rate, or that of the day."""
    own = current_company().currency
    if order.currency == own:
        order.amount_company, order.list_company = order.amount, order.list_amount
        return
    rate = order.rate or looking.rate(order.currency, order.ordered_on or today())
    order.amount_company = convert(order.amount, order.currency, own, rate)
    order.list_company = convert(order.list_amount, order.currency, own, rate)


def lines_of(order_id: int) -> list[OrderLine]:
    """The lines of an order as they stand in it."""
    asked = sa.select(OrderLine).where(OrderLine.order_id == order_id)
    with host().session.no_autoflush:
        return list(host().session.scalars(asked.order_by(OrderLine.position, OrderLine.id)))


def check_credit(credit: OrderCredit) -> None:
    """Refuse a share that nobody has, that somebody has already, or that is too much."""
    order = _order_of(credit)
    if order is not None and order.status != "draft" and not has_permission(CREDIT):
        raise Forbidden(gettext("The order is confirmed: this needs the right to share it out."))
    if credit.user_id is None:
        raise Rejected("user", gettext("Say whose share it is."))
    if not credit.share:
        raise Rejected("share", gettext("A share is more than 0 %."))
    asked = sa.select(OrderCredit).where(OrderCredit.order_id == credit.order_id)
    with host().session.no_autoflush:
        others = [each for each in host().session.scalars(asked) if each.id != credit.id]
    if any((each.user_id, each.kind) == (credit.user_id, credit.kind) for each in others):
        raise Rejected("user", gettext("This person has a share already."))
    if credit.kind == "revenue":
        total = credit.share + sum(each.share for each in others if each.kind == "revenue")
        if total > 100:
            raise Rejected(
                "share",
                gettext("The shares would add up to %(total)s %%.", total=f"{total.normalize():f}"),
            )


def check_delete_credit(credit: OrderCredit) -> None:
    """Refuse to delete a share that entries were made by. Raises Rejected."""
    order = _order_of(credit)
    if order is not None and order.status != "draft":
        raise Rejected("", gettext("The order is confirmed: give the share to somebody else."))


def _keep_versions(parts: Sequence[OrderLine]) -> None:
    """Have what confirmed orders say kept before these lines change it."""
    if pricing.is_busy() or not has_permission(AMEND):
        return
    found = {order.id: order for part in parts if (order := _order_of(part)) is not None}
    live = [
        id_
        for id_, order in found.items()
        if order.status not in ("draft", *ENDED)
        # What was handled elsewhere is still being taken over.
        and not (order.entered and all(part.id is None for part in parts))
    ]
    if live:
        versions.begin(live)


def _check_amending(order: Order, line: OrderLine, changes: Changes | None) -> None:
    if order.status == "draft" or (changes is not None and not changes.keys() & _COUNTS):
        return
    if order.status in ENDED and not (order.entered and changes is None):
        raise Rejected("", gettext("The order is over: its lines stay as they are."))
    if not has_permission(ENTER if order.entered and changes is None else AMEND):
        raise Rejected(
            "", gettext("The order is confirmed. Ask somebody who may amend confirmed orders.")
        )
    if changes is not None and "product_id" in changes:
        raise Rejected("product", gettext("The order is confirmed: add a line instead."))


_COUNTS = frozenset(
    {"order_id", "product_id", "quantity", "price", "discount", "agreed", "tax_rate", "cost"}
)


def _check_left(line: OrderLine) -> None:
    """What is delivered, invoiced or cancelled cannot be less than nothing afterwards."""
    done = max(line.delivered, line.invoiced) + line.cancelled
    if line.quantity < done:
        raise Rejected(
            "quantity",
            gettext("%(done)s of it are delivered, invoiced or cancelled already.",
                    done=f"{done.normalize():f}"),
        )  # fmt: skip


def _order_of(part: Any) -> Order | None:
    return None if part.order_id is None else looking.the(Order, part.order_id)


def _has_lines(order: Order) -> bool:
    asked = sa.select(OrderLine.id).where(OrderLine.order_id == order.id).limit(1)
    with host().session.no_autoflush:
        return host().session.scalar(asked) is not None
