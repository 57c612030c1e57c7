"""The payment plan of a contract as that of an order, where the company keeps its orders here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext
from plugin_api.errors import Rejected
from plugin_api.models import model_of
from plugin_api.money import from_minor
from plugins.contracts.models import Contract
from plugins.contracts.services import entry


def check(contract: Contract, values: Mapping[str, Any]) -> None:
    """There is something to order and to pay, and the company keeps orders. Raises Rejected."""
    if not host().is_enabled("sales"):
        raise Rejected("", gettext("The company does not keep its orders here."))
    if not contract.value:
        raise Rejected("value", gettext("A payment plan needs a value."))
    number = values.get("order_number") or contract.order_number
    order = _order(number)
    if number and order is None:
        raise Rejected("order_number", gettext("There is no such order, or you may not see it."))
    if order is not None and order.account_id != contract.account_id:
        raise Rejected("order_number", gettext("The order is of another account."))
    if order is not None and planned(order.id):
        raise Rejected("order_number", gettext("The order has a payment plan already."))


def put(contract: Contract, values: dict[str, Any]) -> Mapping[str, Any]:
    """Give the order that the contract names its payment plan; without one, make it with a line
    for the value."""
    number = values.pop("order_number", None)
    contract.order_number = number or contract.order_number
    order = order_of(contract) or _make(contract)
    contract.order_number = order.number or contract.order_number
    receivable: Any = model_of("sales.Receivable")
    for part in entry.instalments(contract.id):
        host().records.create(
            receivable,
            {
                "order_id": order.id, "label": part.name, "position": part.position,
                "share": part.share, "fixed": part.fixed, "due_rule": "date",
                "due_on": part.due_on,
            },
        )  # fmt: skip
    return {"open": order}


def order_of(contract: Contract) -> Any:
    """The order that a contract names, as far as the actor may read it."""
    return _order(contract.order_number)


def _order(number: str | None) -> Any:
    if not number or not host().is_enabled("sales"):
        return None
    order: Any = model_of("sales.Order")
    asked = sa.select(order).where(order.number == number.strip(), host().records.visible(order))
    with host().session.no_autoflush:
        return host().session.scalar(asked)


def planned(order_id: int) -> bool:
    """Whether an order has instalments."""
    receivable: Any = model_of("sales.Receivable")
    asked = sa.select(receivable.id).where(
        receivable.order_id == order_id, receivable.invoice_id.is_(None)
    )
    return host().session.scalar(asked.limit(1)) is not None


def _make(contract: Contract) -> Any:
    order: Any = model_of("sales.Order")
    line: Any = model_of("sales.OrderLine")
    made: Any = host().records.create(
        order,
        {
            "account_id": contract.account_id, "contact_id": contract.contact_id,
            "opportunity_id": contract.opportunity_id, "owner_id": contract.owner_id,
            "currency": contract.currency, "customer_reference": contract.number,
        },
    )  # fmt: skip
    host().records.create(
        line,
        {
            "order_id": made.id, "description": contract.name,
            "price": from_minor(contract.value or 0, contract.currency),
        },
    )  # fmt: skip
    host().records.transition(made, "confirm")
    return made
