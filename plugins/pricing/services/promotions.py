"""What is checked and completed when promotions are written, started and stopped."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_company, gettext
from plugin_api.errors import Rejected
from plugins.pricing.models import Claim, Coupon, Promotion, PromotionItem
from plugins.pricing.services import audiences
from plugins.pricing.services.fitting import said


def complete(promotion: Promotion) -> None:
    """Complete or refuse a promotion. Raises Rejected."""
    audiences.check_condition(promotion)
    audiences.check_days(promotion)
    promotion.currency = promotion.currency or current_company().currency
    wanted = {
        "percent": ("percent",), "amount": ("amount",), "bundle": ("amount",),
        "gift": ("buy_quantity", "gift_quantity"),
    }[promotion.kind]  # fmt: skip
    for name in wanted:
        if not getattr(promotion, name):
            raise Rejected(name, gettext("Say how much."))
    for name in ("amount", "least_amount", "budget"):
        if (getattr(promotion, name) or 0) < 0:
            raise Rejected(name, gettext("An amount is not negative."))
    least, most = promotion.least_quantity, promotion.most_quantity
    if least is not None and most is not None and most < least:
        raise Rejected("most_quantity", gettext("It is less than from where it begins."))


def complete_item(item: PromotionItem) -> None:
    """Complete or refuse what a promotion is about. Raises Rejected."""
    if (item.product_id is None) == (item.category_id is None):
        raise Rejected("product", gettext("Name a product or a category."))
    if item.quantity <= 0:
        raise Rejected("quantity", gettext("A quantity is more than zero."))


def complete_coupon(coupon: Coupon) -> None:
    """Refuse a code that could not be typed with others. Raises Rejected."""
    # What has to be there is asked for once all of it is complete.
    code: str | None = coupon.code
    if code is None:
        return
    coupon.code = code.strip().upper()
    if said(coupon.code) != [coupon.code.lower()]:
        raise Rejected("code", gettext("A code has no commas."))
    twin = sa.select(Coupon.id).where(sa.func.lower(Coupon.code) == coupon.code.lower())
    with host().session.no_autoflush:
        if any(found != coupon.id for found in host().session.scalars(twin)):
            raise Rejected("code", gettext("There is such a coupon already."))


def check_start(promotion: Promotion, values: Mapping[str, Any]) -> None:
    """Refuse to start what could never apply. Raises Rejected."""
    session = host().session
    items = session.scalars(
        sa.select(PromotionItem).where(PromotionItem.promotion_id == promotion.id)
    ).all()
    if promotion.kind == "bundle" and (not items or any(item.product_id is None for item in items)):
        raise Rejected("", gettext("Say which products make up the bundle."))
    if promotion.kind == "bundle" and sum((i.quantity for i in items), Decimal(0)) <= 1:
        raise Rejected("", gettext("Say which products make up the bundle."))
    if promotion.coupon_needed:
        asked = sa.select(Coupon.id).where(Coupon.promotion_id == promotion.id).limit(1)
        if session.scalar(asked) is None:
            raise Rejected("", gettext("It opens with a coupon: make one first."))


def check_delete(promotion: Promotion) -> None:
    """Refuse to delete what orders have had. Raises Rejected."""
    asked = sa.select(Claim.id).where(Claim.promotion_id == promotion.id).limit(1)
    if host().session.scalar(asked) is not None:
        raise Rejected("", gettext("Orders have had it: stop it instead."))
