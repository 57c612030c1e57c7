"""The price of a product, and why: every rule that was looked at, in order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from plugin_api import host
from plugin_api.context import current_actor, current_company, gettext, has_permission, today
from plugin_api.errors import NotFound, Rejected
from plugins.pricing.models.common import READ_COST
from plugins.pricing.services import book, customers, floors, resolving
from plugins.pricing.services.fitting import Customer, Step


@dataclass(frozen=True, slots=True)
class Explained:
    """Prices of one in major units of ``currency``; ``action`` is what its floor asks for."""

    product: int
    name: str
    quantity: Decimal
    on: dt.date
    currency: str
    list_price: Decimal | None
    price: Decimal | None
    action: str
    steps: list[Step]


def explain(
    product: int,
    *,
    quantity: Decimal = Decimal(1),
    account_id: int | None = None,
    on: dt.date | None = None,
    currency: str = "",
    region: str = "",
    channel: str = "",
    grade: str = "",
) -> Explained:
    """What so many of a product cost an account on a day, each. Raises NotFound for what the
    catalogue does not hold and for accounts that the actor may not see, and Rejected where a rate
    is needed and none is stored."""
    day, code = on or today(), currency or current_company().currency
    if quantity <= 0:
        raise Rejected("quantity", gettext("A quantity is more than zero."))
    found = book.read([product])
    if product not in found.goods:
        raise NotFound(gettext("There is no such product."))
    if account_id and host().is_enabled("crm"):
        from plugins.crm.api import Account

        host().records.get(Account, account_id)
    customer = customer_of(found, account_id, region=region, channel=channel, grade=grade)
    priced = resolving.price_of(found, resolving.Asked(product, quantity, day, code), customer)
    steps, action = priced.steps, ""
    if priced.price is not None:
        verdict = floors.judge(found, product, priced.price, day, code)
        action = verdict.action
        steps = [*steps, *([verdict.step] if verdict.step else [])]
    return Explained(
        product, found.goods[product].name, quantity, day, code, priced.list_price, priced.price,
        action, shown(steps),
    )  # fmt: skip


def customer_of(
    found: book.Book, account_id: int | None, *, region: str = "", channel: str = "",
    grade: str = "", conditions: Collection[str] = (),
) -> Customer:  # fmt: skip
    """Who buys, with the conditions that they meet."""
    asked = {terms.audience.condition for terms in found.terms} | set(conditions)
    known = customers.known([account_id] if account_id else [], asked)
    return customers.seen_as(
        known.get(account_id or 0), region=region, channel=channel, grade=grade
    )


def shown(steps: list[Step]) -> list[Step]:
    """What the actor may see of the steps: floors are for who may read them, and prices that are
    made of the cost stand without what was added to it."""
    sees_cost = _may(READ_COST)
    return [
        step if sees_cost or step.why != "by_plus" else replace(step, why="by_formula", args={})
        for step in steps
        if step.what != "floor" or _may("pricing.Floor.read")
    ]


def kept_shown(steps: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The same of steps that a line keeps."""
    sees_cost = _may(READ_COST)
    return [
        {**step, "why": "by_formula", "args": {}}
        if step["why"] == "by_plus" and not sees_cost
        else step
        for step in steps
        if step["what"] != "floor" or _may("pricing.Floor.read")
    ]


def _may(permission: str) -> bool:
    return current_actor().is_system or has_permission(permission)
