"""Quantity breaks, lists for partners and for the largest customers, and floors."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import Company, today
from plugins.catalog.api import Category, PriceList, Product
from plugins.pricing.models import Coupon, Floor, Promotion, PromotionItem, Rule, Terms

WORDS = {
    "en": ("Partner prices", "Key customers", "Partners", "Grade A"),
    "zh": ("合作伙伴价格", "重点客户价格", "合作伙伴", "A 级客户"),
}
GROUP = {"en": "sensors", "zh": "传感器"}
OFFERS = {
    "en": ("Ten sensors and more", "Trade fair", "Starter set"),
    "zh": ("传感器满十件", "展会优惠", "入门套装"),
}


def load(company: Company) -> None:
    """Fill a company that has products; one that has price rules is left as it is."""
    session, records = host().session, host().records
    if session.scalar(sa.select(Rule.id).limit(1)) is not None:
        return
    categories = session.scalars(
        sa.select(Category).where(Category.parent_id.is_not(None)).order_by(Category.id)
    ).all()
    if not categories:
        return
    language = "zh" if company.language.startswith("zh") else "en"
    partners, key, for_partners, for_a = WORDS[language]
    partner_list = records.create(PriceList, {"name": partners})
    key_list = records.create(PriceList, {"name": key, "parent_id": partner_list.id})
    first = categories[0].id
    rules: list[dict[str, Any]] = [
        {"category_id": first, "kind": "off", "from_quantity": Decimal(10), "percent": Decimal(5)},
        {"category_id": first, "kind": "off", "from_quantity": Decimal(50), "percent": Decimal(8)},
        {"price_list_id": partner_list.id, "kind": "off", "percent": Decimal(12),
         "rounding": "1"},
        {"price_list_id": key_list.id, "kind": "off", "category_id": first, "base": "parent",
         "percent": Decimal(4)},
    ]  # fmt: skip
    for values in rules:
        records.create(Rule, values)
    records.create(
        Floor, {"margin": Decimal(15), "action": "warn"},
    )  # fmt: skip
    records.create(
        Floor, {"category_id": first, "margin": Decimal(20), "action": "release"},
    )  # fmt: skip
    if host().is_enabled("crm"):
        records.create(
            Terms,
            {"name": for_partners, "price_list_id": partner_list.id, "priority": 10,
             "condition": "type=partner"},
        )  # fmt: skip
        records.create(
            Terms,
            {"name": for_a, "price_list_id": key_list.id, "priority": 20, "grade": "A"},
        )  # fmt: skip
    _promotions(language, categories)


def _promotions(language: str, categories: Sequence[Category]) -> None:
    """One that runs, one that a coupon opens, and a bundle that is being prepared."""
    records, year = host().records, today().year
    many, fair, starter = OFFERS[language]
    new_year, last_day = date(year, 1, 1), date(year, 12, 31)
    first = records.create(
        Promotion,
        {"name": many, "kind": "percent", "percent": Decimal(3), "least_quantity": Decimal(10),
         "valid_from": new_year, "valid_to": last_day, "group": GROUP[language]},
    )  # fmt: skip
    records.create(PromotionItem, {"promotion_id": first.id, "category_id": categories[0].id})
    coupon = records.create(
        Promotion,
        {"name": fair, "kind": "percent", "percent": Decimal(5), "coupon_needed": True,
         "position": 10, "budget": 50_000 * 100, "account_cap": 1, "valid_from": new_year,
         "valid_to": last_day},
    )  # fmt: skip
    records.create(Coupon, {"promotion_id": coupon.id, "code": f"FAIR{year}", "most_uses": 200})
    for each in (first, coupon):
        records.transition(each, "start")
    bundle = records.create(
        Promotion, {"name": starter, "kind": "bundle", "amount": 1_000 * 100, "position": 20}
    )
    asked = sa.select(Product).where(Product.category_id == categories[0].id)
    for goods in host().session.scalars(asked.order_by(Product.id).limit(2)):
        records.create(PromotionItem, {"promotion_id": bundle.id, "product_id": goods.id})
    if host().is_enabled("sales"):
        _quote(categories[0])


def _quote(category: Category) -> None:
    """A draft that the rules have priced, for a customer of the highest grade."""
    from plugins.crm.api import Account
    from plugins.sales.api import Quote, QuoteLine

    session, records = host().session, host().records
    asked = sa.select(Account).where(Account.grade == "A", Account.owner_id.is_not(None))
    account = session.scalars(asked.order_by(Account.id).limit(1)).first()
    if account is None:
        return
    quote = records.create(Quote, {"account_id": account.id, "owner_id": account.owner_id})
    goods = sa.select(Product.id).where(Product.category_id == category.id).order_by(Product.id)
    rows = [
        {"quote_id": quote.id, "product_id": id_, "position": place, "quantity": Decimal(quantity)}
        for place, (id_, quantity) in enumerate(
            zip(session.scalars(goods.limit(2)), (12, 4), strict=False), 1
        )
    ]
    records.create_many(QuoteLine, rows)
