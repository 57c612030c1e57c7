"""Quantity breaks, lists for partners and for the largest customers, and floors."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import Company
from plugins.catalog.api import Category, PriceList
from plugins.pricing.models import Floor, Rule, Terms

WORDS = {
    "en": ("Partner prices", "Key customers", "Partners", "Grade A"),
    "zh": ("合作伙伴价格", "重点客户价格", "合作伙伴", "A 级客户"),
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
