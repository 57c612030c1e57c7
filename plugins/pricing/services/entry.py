"""What is checked and completed when rules, terms and floors are written."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_company, gettext
from plugin_api.errors import Rejected
from plugin_api.models import CompanyModel
from plugins.catalog.api import Category, PriceList, Product
from plugins.pricing.models import Coupon, Floor, Promotion, PromotionItem, Rule, Terms
from plugins.pricing.services import audiences, promotions

LENGTH = 300


def complete(record: CompanyModel) -> None:
    """Complete or refuse a record. Raises Rejected."""
    if isinstance(record, Terms):
        _terms(record)
    elif isinstance(record, Rule):
        _rule(record)
    elif isinstance(record, Floor):
        _floor(record)
    elif isinstance(record, Promotion):
        promotions.complete(record)
    elif isinstance(record, PromotionItem):
        promotions.complete_item(record)
    elif isinstance(record, Coupon):
        promotions.complete_coupon(record)


def _terms(terms: Terms) -> None:
    audiences.check(terms)


def _rule(rule: Rule) -> None:
    rule.currency = rule.currency or current_company().currency
    _one_of(rule)
    audiences.check_days(rule)
    money, part = rule.kind in ("fixed", "less"), rule.kind in ("off", "plus")
    if money and rule.amount is None:
        raise Rejected("amount", gettext("Say how much."))
    if part and rule.percent is None:
        raise Rejected("percent", gettext("Say how many percent."))
    if rule.amount is not None and rule.amount < 0:
        raise Rejected("amount", gettext("A price is not negative."))
    if rule.kind == "off" and rule.percent is not None and rule.percent > 100:
        raise Rejected("percent", gettext("More than all of it cannot be taken off."))
    if rule.price_list_id is None:
        asked = sa.select(PriceList.id).where(PriceList.is_default)
        with host().session.no_autoflush:
            rule.price_list_id = host().session.scalar(asked)
    what = _what(rule)
    quantity = f" ≥ {rule.from_quantity.normalize():f}" if rule.from_quantity else ""
    rule.name = f"{what}{quantity}"[:LENGTH]


def _floor(floor: Floor) -> None:
    floor.currency = floor.currency or current_company().currency
    _one_of(floor)
    if floor.price is None and floor.margin is None:
        raise Rejected("price", gettext("Say the lowest price, or the lowest margin."))
    if floor.price is not None and floor.price < 0:
        raise Rejected("price", gettext("A price is not negative."))
    floor.name = _what(floor)[:LENGTH]
    twin = sa.select(Floor.id).where(
        Floor.product_id.is_not_distinct_from(floor.product_id),
        Floor.category_id.is_not_distinct_from(floor.category_id),
    )
    with host().session.no_autoflush:
        if any(found != floor.id for found in host().session.scalars(twin)):
            raise Rejected("product", gettext("There is a floor of this already."))


def _one_of(record: Rule | Floor) -> None:
    if record.product_id is not None and record.category_id is not None:
        raise Rejected("category", gettext("Name a product or a category, not both."))


def _what(record: Rule | Floor) -> str:
    """What a rule speaks of, by name."""
    model: Any = Product if record.product_id is not None else Category
    id_ = record.product_id if record.product_id is not None else record.category_id
    if id_ is None:
        return str(gettext("All products"))
    with host().session.no_autoflush:
        return str(host().session.scalar(sa.select(model.name).where(model.id == id_)) or "")
