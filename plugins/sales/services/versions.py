"""What a confirmed order said before it was amended, and what differs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_actor, gettext, today
from plugin_api.errors import Rejected
from plugins.sales.models import Order, OrderLine, OrderVersion, OrderVersionLine
from plugins.sales.services import looking, naming
from plugins.sales.settings import SAY_WHY

AMENDED = ("deliver_by", "payment_days", "delivery_address")
"""Fields of a confirmed order that are agreed on with the customer, besides its lines."""
_SUMS = ("amount", "tax", "total", "currency")
LINE = (
    "position", "product_id", "description", "quantity", "price", "discount", "taken_off",
    "agreed", "tax_rate", "amount", "tax", "currency",
)  # fmt: skip
COMPARED = ("product_id", "description", "quantity", "price", "discount", "agreed", "tax_rate")


class Line(NamedTuple):
    """A line as a version has it; None for what a line has not in one of two versions."""

    id: int
    description: str | None
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


def check_amend(order: Order, values: Mapping[str, Any]) -> None:
    """Why it is amended is kept with the version. Raises Rejected."""
    if not (values.get("change_reason") or "").strip():
        raise Rejected("change_reason", gettext("Say why it is amended."))


def amend(order: Order, values: dict[str, Any]) -> None:
    """Begin the next version; what the order says by now is kept."""
    reason = values.pop("change_reason").strip()
    _next([order.id])
    order.change_reason = reason


def begin(order_ids: Collection[int]) -> None:
    """Before lines of confirmed orders change: keep what they say, unless the actor has begun a
    version today. A constant number of statements. Raises Rejected where the company wants a
    reason first."""
    me, day = current_actor().user_id, today()
    looking.keep(Order, order_ids)
    wanted = [
        order.id
        for id_ in order_ids
        if (order := looking.the(Order, id_)) is not None
        and (order.amended_on != day or order.amended_by_id != me)
    ]
    if wanted and host().setting(SAY_WHY) and not current_actor().is_system:
        raise Rejected("", gettext("The order is confirmed. Take the step “Amend” first."))
    _next(wanted)


def history(order_id: int) -> OrderVersion | None:
    """The version before the one that is valid."""
    asked = sa.select(OrderVersion).where(
        OrderVersion.order_id == order_id, host().records.visible(OrderVersion)
    )
    return host().session.scalar(asked.order_by(OrderVersion.revision.desc()).limit(1))


def before(version: OrderVersion) -> OrderVersion | None:
    """The version before another."""
    asked = sa.select(OrderVersion).where(
        OrderVersion.order_id == version.order_id, OrderVersion.revision == version.revision - 1
    )
    return host().session.scalar(asked)


def lines_of(version: OrderVersion) -> dict[int, Mapping[str, Any]]:
    """The lines of a version by the number of the order's line."""
    line = OrderVersionLine
    asked = sa.select(line.line_id, *(getattr(line, name) for name in LINE))
    asked = asked.where(line.order_version_id == version.id).order_by(line.position, line.line_id)
    return {row.line_id: dict(row._mapping) for row in host().session.execute(asked)}


def lines_by_now(order_id: int) -> dict[int, Mapping[str, Any]]:
    """The same of the order as it stands in the database."""
    return _stored([order_id])[order_id]


def changed(
    old: Mapping[int, Mapping[str, Any]], new: Mapping[int, Mapping[str, Any]]
) -> list[Line]:
    """Lines that differ between two versions, those that were added last."""
    found = []
    for id_ in [*old, *(id_ for id_ in new if id_ not in old)]:
        one, other = old.get(id_), new.get(id_)
        if one is None or other is None or any(one[name] != other[name] for name in COMPARED):
            found.append(Line(id_, (other or one or {})["description"], one, other))
    return found


def _next(order_ids: Sequence[int]) -> None:
    """Keep orders as they are in the database, and have the next version of each begin; one in
    which nothing has changed since it began goes on under another name and day."""
    if not order_ids:
        return
    session = host().session
    with session.no_autoflush:
        asked = sa.select(
            Order.id, Order.revision, Order.number, Order.external_id, Order.change_reason,
            Order.amended_by_id, Order.amended_on, *(getattr(Order, n) for n in (*_SUMS, *AMENDED)),
        )  # fmt: skip
        asked = asked.where(Order.id.in_(order_ids)).order_by(Order.id)
        orders = session.execute(asked.with_for_update(key_share=True)).all()
        now, last = _stored(order_ids), _last(order_ids)
    fresh = {row.id for row in orders if _said(row, now[row.id].values()) != last.get(row.id)}
    for row in orders:
        if row.id in fresh:
            _keep(row, now[row.id])
        order = looking.the(Order, row.id)
        if order is None:
            continue
        order.amended_by_id, order.amended_on = current_actor().user_id, today()
        if row.id in fresh:
            order.revision, order.change_reason = row.revision + 1, None
            naming.call(order, order.account_id)


def _keep(row: Any, lines: Mapping[int, Mapping[str, Any]]) -> None:
    told = ("change_reason", "amended_by_id", "amended_on", *_SUMS, *AMENDED)
    number = row.number or row.external_id or f"#{row.id}"
    version = OrderVersion(
        order_id=row.id, revision=row.revision, name=f"{number} v{row.revision}",
        **{name: getattr(row, name) for name in told},
    )  # fmt: skip
    session = host().session
    session.add(version)
    for id_, line in lines.items():
        given = {name: line[name] for name in LINE}
        session.add(OrderVersionLine(order_version=version, line_id=id_, **given))


def _stored(order_ids: Collection[int]) -> dict[int, dict[int, Mapping[str, Any]]]:
    """Lines as they stand in the database, by order and their own number."""
    asked = sa.select(
        OrderLine.order_id, OrderLine.id, *(getattr(OrderLine, name) for name in LINE)
    ).where(OrderLine.order_id.in_(order_ids))
    found: dict[int, dict[int, Mapping[str, Any]]] = defaultdict(dict)
    for row in host().session.execute(asked.order_by(OrderLine.position, OrderLine.id)):
        found[row.order_id][row.id] = dict(row._mapping)
    return found


def _last(order_ids: Collection[int]) -> dict[int, Any]:
    """What the version before says, by order."""
    version, line = OrderVersion, OrderVersionLine
    newest = sa.and_(Order.id == version.order_id, Order.revision == version.revision + 1)
    of = version.order_id.in_(order_ids)
    asked = (
        sa.select(version.order_id, *(getattr(version, name) for name in AMENDED))
        .join(Order, newest).where(of)
    )  # fmt: skip
    heads = {row.order_id: row for row in host().session.execute(asked)}
    lines: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    parts = (
        sa.select(version.order_id, *(getattr(line, name) for name in LINE))
        .join(version, version.id == line.order_version_id).join(Order, newest).where(of)
        .order_by(line.position, line.line_id)
    )  # fmt: skip
    for row in host().session.execute(parts):
        lines[row.order_id].append(dict(row._mapping))
    return {id_: _said(head, lines[id_]) for id_, head in heads.items()}


def _said(head: Any, lines: Iterable[Mapping[str, Any]]) -> Any:
    """What an order says, to be compared."""
    return (
        [getattr(head, name) for name in AMENDED],
        [[line[name] for name in LINE] for line in lines],
    )
