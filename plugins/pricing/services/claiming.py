"""What orders take of promotions, and give back. Never more than there is, however many at once.

The counters of a promotion are raised by one statement that asks for what is left: whoever comes
second waits for the first to end, and is told when nothing is left.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext, today
from plugin_api.errors import Rejected
from plugin_api.money import to_minor
from plugins.pricing.models import Claim, Coupon, Promotion
from plugins.pricing.services import offers

PROMOTION = "pricing.Promotion:"


def costs_of(lines: list[Any]) -> dict[int, Decimal]:
    """Promotion → what the lines of a document have of it, in major units."""
    found: dict[int, Decimal] = {}
    for line in lines:
        for step in line.trace or ():
            if step["what"] == "promotion" and step.get("did"):
                id_ = int(step["key"].removeprefix(PROMOTION))
                found[id_] = found.get(id_, Decimal(0)) + Decimal(step["args"]["amount"])
    return found


def had(document: Any) -> list[tuple[int, str, Decimal]]:
    """What a quote or an order has of promotions: which, by name, and in major units."""
    from plugins.sales.api import OrderLine, QuoteLine

    order = document.model_key() == "sales.Order"
    line: Any = OrderLine if order else QuoteLine
    of = line.order_id if order else line.quote_id
    found = costs_of(list(host().session.execute(sa.select(line.trace).where(of == document.id))))
    if not found:
        return []
    asked = sa.select(Promotion.id, Promotion.name).where(Promotion.id.in_(sorted(found)))
    names = {row[0]: row[1] for row in host().session.execute(asked.order_by(Promotion.position))}
    return [(id_, name, found[id_]) for id_, name in names.items()]


def confirm(order: Any, lines: list[Any]) -> None:
    """Take what the lines of an order have of promotions. Raises Rejected where it is not left."""
    used = costs_of(lines)
    amounts = {
        id_: offers.worth(to_minor(cost, order.currency), order.currency, order.ordered_on)
        for id_, cost in used.items()
    }
    settle(order.number or "", order.account_id, amounts, order.ordered_on, order.coupons or "")


def settle(
    document: str, account: int | None, amounts: Mapping[int, int], on: dt.date, coupons: str = ""
) -> None:
    """Have a document claim exactly these amounts, in the company's minor units. Raises
    Rejected."""
    session = host().session
    session.flush()
    asked = sa.select(Claim).where(Claim.document == document)
    held = {claim.promotion_id: claim for claim in session.scalars(asked)}
    codes = offers.codes_of(coupons)
    # Always in the same order: two orders with the same promotions wait, and never for each other.
    for id_ in sorted({*amounts, *held}):
        claim, amount = held.get(id_), amounts.get(id_)
        live = claim is not None and claim.released_on is None
        before = claim.amount if claim is not None and live else 0
        count = (0 if amount is None else 1) - (1 if live else 0)
        if (amount or 0) == before and not count:
            continue
        _take(id_, (amount or 0) - before, count, account)
        if amount is None:
            assert claim is not None
            _give_back(claim, today())
        elif claim is None:
            coupon = _use(id_, codes)
            session.add(
                Claim(promotion_id=id_, coupon_id=coupon, document=document, amount=amount, on=on)
            )
        else:
            if not live and claim.coupon_id is not None:
                _count_coupon(claim.coupon_id, 1)
            claim.amount, claim.released_on = amount, None
    session.flush()


def release(document: str) -> None:
    """Give everything back that a document has claimed."""
    settle(document, None, {}, today())


def _take(promotion: int, amount: int, count: int, account: int | None) -> None:
    """Raise the counters of a promotion as far as it lets."""
    session = host().session
    p = Promotion
    change = sa.update(p).where(p.id == promotion)
    if amount > 0:
        change = change.where(sa.or_(p.budget.is_(None), p.spent + amount <= p.budget))
    if count > 0:
        change = change.where(sa.or_(p.claim_cap.is_(None), p.claims + count <= p.claim_cap))
    change = change.values(spent=p.spent + amount, claims=p.claims + count)
    done: Any = session.execute(change.execution_options(synchronize_session=False))
    row = session.execute(sa.select(p.name, p.account_cap).where(p.id == promotion)).first()
    name = row.name if row else ""
    if done.rowcount != 1:
        raise Rejected("", gettext(
            "Of the promotion “%(name)s” not enough is left. Find the prices anew, and confirm.",
            name=name,
        ))  # fmt: skip
    # Who has raised the counter holds it: nobody else can add a claim until this ends.
    if count > 0 and account is not None and row is not None and row.account_cap is not None:
        had = offers.claimed_by([promotion], [account]).get((promotion, account), 0)
        if had >= row.account_cap:
            raise Rejected("", gettext(
                "The account has had the promotion “%(name)s” as often as it may. Find the prices"
                " anew, and confirm.", name=name,
            ))  # fmt: skip
    loaded = session.identity_map.values()
    for each in [each for each in loaded if isinstance(each, p) and each.id == promotion]:
        session.expire(each, ["spent", "claims"])


def _give_back(claim: Claim, day: dt.date) -> None:
    claim.released_on = day
    if claim.coupon_id is not None:
        _count_coupon(claim.coupon_id, -1)


def _use(promotion: int, codes: list[str]) -> int | None:
    """Use the coupon that opened a promotion, if one did."""
    if not codes:
        return None
    asked = sa.select(Coupon.id).where(
        Coupon.promotion_id == promotion, sa.func.lower(Coupon.code).in_(codes)
    )
    found = list(host().session.scalars(asked.order_by(Coupon.id)))
    for coupon in found:
        if _count_coupon(coupon, 1):
            return coupon
    if found:
        raise Rejected("coupons", gettext("The coupon is used up."))
    return None


def _count_coupon(coupon: int, by: int) -> bool:
    change = sa.update(Coupon).where(Coupon.id == coupon)
    if by > 0:
        change = change.where(
            sa.or_(Coupon.most_uses.is_(None), Coupon.uses + by <= Coupon.most_uses)
        )
    change = change.values(uses=Coupon.uses + by)
    done: Any = host().session.execute(change.execution_options(synchronize_session=False))
    for each in [each for each in host().session.identity_map.values() if isinstance(each, Coupon)]:
        host().session.expire(each, ["uses"])
    return bool(done.rowcount == 1)
