"""Orders of the past, as a simulation sees them. Amounts are in the company's currency."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_company, gettext
from plugin_api.errors import Rejected
from plugin_api.money import from_minor, to_minor

MOST = 60_000
"""Lines that a simulation goes through."""


@dataclass(frozen=True, slots=True)
class Sold:
    """A line that was sold: ``net`` and ``cost`` of all of it in minor units; ``cost`` is None
    where it is not known."""

    id: int
    product: int
    quantity: Decimal
    net: int
    cost: int | None


@dataclass(frozen=True, slots=True)
class Bought:
    """An order with its lines."""

    id: int
    on: dt.date
    account: int | None
    region: str
    channel: str
    lines: Sequence[Sold]


def orders(start: dt.date, end: dt.date) -> list[Bought]:
    """Orders that count for the days from start to end, as far as the actor may see them, the
    oldest first; what was cancelled and what was given for nothing is left out. Two statements.
    Raises Rejected where there are too many."""
    from plugins.sales.api import Channel, Order, OrderLine

    if start > end:
        raise Rejected("to", gettext("The period ends before it starts."))
    currency = current_company().currency
    line, order = OrderLine, Order
    asked: Any = (
        sa.select(
            order.id, order.ordered_on, order.account_id, order.region, order.channel_id,
            order.rate, line.id, line.product_id, line.quantity, line.cancelled, line.net,
            line.cost,
        )
        .join(order, order.id == line.order_id)
        .where(
            order.ordered_on.between(start, end), order.status.not_in(("draft", "cancelled")),
            line.product_id.is_not(None), line.gift.is_(False), line.quantity > line.cancelled,
            host().records.visible(order),
        )
        .order_by(order.ordered_on, order.id, line.id)
        .limit(MOST + 1)
    )  # fmt: skip
    rows = host().session.execute(asked).all()
    if len(rows) > MOST:
        raise Rejected("from", gettext("These are too many orders: choose a shorter period."))
    channels: Mapping[int, str] = {
        row[0]: row[1] for row in host().session.execute(sa.select(Channel.id, Channel.name))
    }
    found: dict[int, tuple[Any, list[Sold]]] = {}
    for row in rows:
        rate, left = row[5] or Decimal(1), row[8] - row[9]
        net = to_minor(row[10] * rate * left / row[8], currency)
        cost = None if row[11] is None else to_minor(row[11] * rate * left, currency)
        sold = Sold(row[6], row[7], left, net, cost)
        found.setdefault(row[0], (row, []))[1].append(sold)
    return [
        Bought(id_, row[1], row[2], row[3] or "", channels.get(row[4], ""), lines)
        for id_, (row, lines) in found.items()
    ]


def major(minor: int) -> Decimal:
    """Minor units of the company's currency as an amount."""
    return from_minor(minor, current_company().currency)
