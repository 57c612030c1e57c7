"""The price of a product, and why: every rule that was looked at, in order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from plugin_api import host
from plugin_api.context import current_company, gettext, has_permission, today
from plugin_api.errors import NotFound, Rejected
from plugin_api.money import from_minor, to_minor
from plugins.pricing.models.common import READ_COST
from plugins.pricing.services import book, customers, floors, offers, promoting, resolving
from plugins.pricing.services.fitting import Customer, Step


@dataclass(frozen=True, slots=True)
class Explained:
    """``price`` and ``list_price`` are of one in major units of ``currency``, before promotions;
    ``off`` is what those take off all of it, ``net`` what is left of one. ``action`` is what its
    floor asks for."""

    product: int
    name: str
    quantity: Decimal
    on: dt.date
    currency: str
    list_price: Decimal | None
    price: Decimal | None
    off: Decimal
    net: Decimal | None
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
    coupons: str = "",
) -> Explained:
    """What so many of a product cost an account on a day, each. Raises NotFound for what the
    catalogue does not hold and for accounts that the actor may not see, and Rejected where a rate
    is needed and none is stored."""
    day, code = on or today(), currency or current_company().currency
    if quantity <= 0:
        raise Rejected("quantity", gettext("A quantity is more than zero."))
    codes = offers.codes_of(coupons)
    promotions = offers.read(codes, [account_id] if account_id else [], ())
    found = book.read({product, *promotions.products()})
    if product not in found.goods:
        raise NotFound(gettext("There is no such product."))
    if account_id and host().is_enabled("crm"):
        from plugins.crm.api import Account

        host().records.get(Account, account_id)
    customer = customer_of(
        found, account_id, region=region, channel=channel, grade=grade,
        conditions=promotions.conditions(),
    )  # fmt: skip
    priced = resolving.price_of(found, resolving.Asked(product, quantity, day, code), customer)
    steps, action, off, net = priced.steps, "", Decimal(0), priced.price
    if priced.price is not None:
        item = promoting.Item(0, product, found.goods[product].groups, quantity, priced.price)
        standing = offers.standing(promotions, customer, day, code, codes=codes)
        worth = {product: priced.price} | {
            each: found.listed_at(each, day, code) or Decimal(0)
            for each in promotions.products() if each in found.goods
        }  # fmt: skip
        outcome = promoting.apply(standing, [item], code, worth)
        off = from_minor(outcome.off[0], code)
        net = (priced.price * quantity - off) / quantity
        steps = [*steps, *outcome.steps[0], *_given(outcome, standing, found, code, worth)]
        verdict = floors.judge(found, product, net, day, code)
        action = verdict.action
        steps = [*steps, *([verdict.step] if verdict.step else [])]
    return Explained(
        product, found.goods[product].name, quantity, day, code, priced.list_price, priced.price,
        off, net, action, shown(steps),
    )  # fmt: skip


def _given(
    outcome: promoting.Outcome, standing: list[promoting.Offer], found: book.Book, code: str,
    worth: Mapping[int, Decimal],
) -> list[Step]:  # fmt: skip
    """What is given besides, in words."""
    by_id = {offer.row.id: offer for offer in standing}
    made = []
    for gift in outcome.gifts:
        amount = to_minor(worth.get(gift.product, Decimal(0)) * gift.quantity, code)
        text = resolving.plain(from_minor(amount, code))
        step = promoting.step_of(by_id[gift.offer], "gift", True, text)
        goods = found.goods.get(gift.product)
        args = {"quantity": resolving.plain(gift.quantity), "product": goods.name if goods else ""}
        made.append(replace(step, args={**step.args, **args}))
    return made


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
    sees_cost, unseen = has_permission(READ_COST), _unseen()
    return [
        replace(step, why="by_formula", args={})
        if step.why == "by_plus" and not sees_cost
        else replace(step, args={**step.args, "found": "–"})
        if step.why in unseen
        else step
        for step in steps
        if step.what != "floor" or has_permission("pricing.Floor.read")
    ]


def kept_shown(steps: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The same of steps that a line keeps."""
    sees_cost, unseen = has_permission(READ_COST), _unseen()
    return [
        {**step, "why": "by_formula", "args": {}}
        if step["why"] == "by_plus" and not sees_cost
        else {**step, "args": {**step["args"], "found": "–"}}
        if step["why"] in unseen
        else step
        for step in steps
        if step["why"] != "anew"
        and (step["what"] != "floor" or has_permission("pricing.Floor.read"))
    ]


def _unseen() -> frozenset[str]:
    """What of accounts the actor may not read: steps do not say it either."""
    if not host().is_enabled("crm"):
        return frozenset()
    from plugins.crm.api import Account

    may_read = host().records.may_read
    return frozenset(name for name in ("grade", "region") if not may_read(Account, name))
