"""Promotions as they stand for a customer on a day: whom they are for, and what is left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_company, gettext
from plugin_api.errors import Rejected
from plugin_api.money import convert
from plugins.pricing.models import Claim, Coupon, Promotion, PromotionItem
from plugins.pricing.services.book import rate
from plugins.pricing.services.fitting import Audience, Customer, Reason, said, why_not
from plugins.pricing.services.promoting import Offer, Part


@dataclass(frozen=True, slots=True)
class Running:
    """A promotion, with its parts and the codes that were sent and open it."""

    row: Any
    parts: tuple[Part, ...]
    audience: Audience


@dataclass(slots=True)
class Offers:
    """What was read for some documents."""

    running: list[Running] = field(default_factory=list)
    coupons: Mapping[str, Any] = field(default_factory=dict)
    claimed: Mapping[tuple[int, int], int] = field(default_factory=dict)
    """(promotion, account) → orders of the account with it."""
    own: Mapping[tuple[int, str], int] = field(default_factory=dict)
    """(promotion, document) → what that has claimed already, in the company's minor units."""

    def products(self) -> set[int]:
        """Those that may be given."""
        return {each.row.gift_product_id for each in self.running if each.row.gift_product_id}

    def conditions(self) -> set[str]:
        """Conditions of accounts that have to be known."""
        return {each.audience.condition for each in self.running}


def read(
    codes: Collection[str], accounts: Collection[int], documents: Collection[str],
    more: Collection[int] = (),
) -> Offers:  # fmt: skip
    """Promotions that are running (and those of ``more``, whatever their state), with what was
    claimed of them; a constant number of statements. Raises Rejected for an unknown code."""
    session = host().session
    of = sa.or_(Promotion.state == "running", Promotion.id.in_(sorted(more)))
    with session.no_autoflush:
        rows = list(session.execute(_promotions().where(of)))
        ids = [row.id for row in rows]
        parts: dict[int, list[Part]] = {}
        items = sa.select(
            PromotionItem.promotion_id, PromotionItem.product_id, PromotionItem.category_id,
            PromotionItem.quantity,
        )  # fmt: skip
        for row in session.execute(items.where(PromotionItem.promotion_id.in_(ids))) if ids else ():
            parts.setdefault(row[0], []).append(Part(*row[1:]))
        coupons = _coupons(codes)
        capped = [row.id for row in rows if row.account_cap is not None]
        claimed = claimed_by(capped, accounts)
        own: dict[tuple[int, str], int] = {}
        if documents:
            held = sa.select(Claim.promotion_id, Claim.document, Claim.amount).where(
                Claim.document.in_(sorted(documents)), Claim.released_on.is_(None)
            )
            own = {(row[0], row[1]): row[2] for row in session.execute(held)}
    running = [
        Running(row, tuple(parts.get(row.id, ())), _audience(row, row.id in more)) for row in rows
    ]
    return Offers(running, coupons, claimed, own)


def standing(
    offers: Offers, customer: Customer, on: dt.date, currency: str, *,
    codes: Collection[str] = (), document: str = "", limits: bool = True, opened: bool = False,
) -> list[Offer]:  # fmt: skip
    """Each promotion with the reason why it does not count here, if any. ``limits`` false: as if
    nothing had been claimed; ``opened``: as if everybody had a coupon."""
    made = []
    for each in offers.running:
        row, reason, coupon = each.row, why_not(each.audience, customer, on, currency), None
        in_money = row.kind in ("amount", "bundle") or row.least_amount is not None
        if reason is None and in_money and row.currency != currency:
            reason = "currency", {"wanted": row.currency or "–", "found": currency}
        if reason is None and row.coupon_needed and not opened:
            coupon, reason = _opened(offers, row.id, codes, on, limits=limits)
        own = offers.own.get((row.id, document)) if document else None
        if reason is None and limits and own is None:
            reason = _used_up(offers, row, customer)
        left = None
        if row.budget is not None and limits:
            left = _into(row.budget - row.spent + (own or 0), currency, on)
        made.append(Offer(row, each.parts, reason, left, coupon))
    return made


def codes_of(text: str) -> list[str]:
    """The codes in a field."""
    return said(text)


def _promotions() -> sa.Select[Any]:
    p = Promotion
    made: Any = sa.select(
        p.id, p.version, p.name, p.state, p.kind, p.percent, p.amount, p.buy_quantity,
        p.gift_quantity, p.gift_product_id, p.most_times, p.counts, p.least_amount,
        p.least_quantity, p.most_quantity, p.currency, p.position, p.base, p.group,
        p.coupon_needed, p.grade, p.region, p.channel, p.condition, p.valid_from, p.valid_to,
        p.budget, p.claim_cap, p.account_cap, p.spent, p.claims,
    )  # fmt: skip
    return made  # type: ignore[no-any-return]


def _audience(row: Any, always: bool) -> Audience:
    found = Audience(
        grade=row.grade or "", region=row.region or "", channel=row.channel or "",
        condition=row.condition or "", valid_from=row.valid_from, valid_to=row.valid_to,
    )  # fmt: skip
    return replace(found, valid_from=None, valid_to=None) if always else found


def _coupons(codes: Collection[str]) -> dict[str, Any]:
    if not codes:
        return {}
    lowered = sa.func.lower(Coupon.code)
    asked = sa.select(
        Coupon.id, Coupon.code, Coupon.promotion_id, Coupon.most_uses, Coupon.uses, Coupon.valid_to
    ).where(lowered.in_(sorted(codes)))
    found = {row.code.lower(): row for row in host().session.execute(asked)}
    for code in sorted(codes):
        if code not in found:
            raise Rejected("coupons", gettext("There is no coupon “%(code)s”.", code=code.upper()))
    return found


def claimed_by(
    promotions: Collection[int], accounts: Collection[int]
) -> dict[tuple[int, int], int]:
    """(promotion, account) → how many orders of the account took it; empty where sales is off."""
    if not promotions or not accounts or not host().is_enabled("sales"):
        return {}
    from plugins.sales.api import Order

    asked = (
        sa.select(Claim.promotion_id, Order.account_id, sa.func.count(Claim.id))
        .join(Order, Order.number == Claim.document)
        .where(
            Claim.promotion_id.in_(promotions), Claim.released_on.is_(None),
            Order.account_id.in_(sorted(accounts)),
        )
        .group_by(Claim.promotion_id, Order.account_id)
    )  # fmt: skip
    return {(row[0], row[1] or 0): row[2] for row in host().session.execute(asked)}


def _opened(
    offers: Offers, promotion: int, codes: Collection[str], on: dt.date, *, limits: bool
) -> tuple[int | None, Reason | None]:
    """The coupon that opens a promotion, or why none does."""
    reason: Reason = ("coupon", {})
    for code in codes:
        coupon = offers.coupons.get(code)
        if coupon is None or coupon.promotion_id != promotion:
            continue
        if coupon.valid_to is not None and on > coupon.valid_to:
            reason = "coupon_late", {"code": coupon.code, "day": coupon.valid_to.isoformat()}
        elif limits and coupon.most_uses is not None and coupon.uses >= coupon.most_uses:
            reason = "coupon_used", {"code": coupon.code}
        else:
            return coupon.id, None
    return None, reason


def _used_up(offers: Offers, row: Any, customer: Customer) -> Reason | None:
    if row.claim_cap is not None and row.claims >= row.claim_cap:
        return "cap", {"wanted": str(row.claim_cap)}
    had = offers.claimed.get((row.id, customer.account_id or 0), 0)
    if row.account_cap is not None and had >= row.account_cap:
        return "account_cap", {"wanted": str(row.account_cap)}
    return None


def _into(minor: int, currency: str, on: dt.date) -> int:
    """Of the company's currency into a document's."""
    own = current_company().currency
    return minor if own == currency else convert(minor, own, currency, rate(own, currency, on))


def worth(minor: Decimal | int, currency: str, on: dt.date) -> int:
    """Of a document's currency into the company's."""
    own = current_company().currency
    if own == currency:
        return int(minor)
    return convert(int(minor), currency, own, rate(currency, own, on))
