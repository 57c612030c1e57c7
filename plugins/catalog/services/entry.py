"""What is checked and completed when a record of the catalogue is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_company, gettext
from plugin_api.errors import Rejected
from plugin_api.models import CompanyModel
from plugins.catalog.models import Category, Price, PriceList, Product
from plugins.catalog.services.trees import closes_circle

Changes = Mapping[str, tuple[Any, Any]]


def complete(record: CompanyModel, changes: Changes | None = None) -> None:
    """Complete or refuse a record; ``changes`` is None for a new one. Raises Rejected."""
    if isinstance(record, Category):
        _category(record, changes)
    elif isinstance(record, Product):
        _product(record)
    elif isinstance(record, PriceList):
        _price_list(record, changes)
    elif isinstance(record, Price):
        _price(record)


def rename_prices(product: Product) -> None:
    """Have the prices of a product go by its new name."""
    for price in host().session.scalars(sa.select(Price).where(Price.product_id == product.id)):
        price.name = _name_of(price, product.name)


def _category(record: Category, changes: Changes | None) -> None:
    # A new record has nothing below it, so it cannot close a circle.
    moved = changes is not None and "parent_id" in changes
    if moved and closes_circle(record.id, record.parent_id, _parent_of):
        raise Rejected("parent", gettext("A category cannot be part of itself."))
    if changes is None or changes.keys() & {"name", "parent_id"}:
        same = sa.select(Category.id).where(
            Category.name == record.name, Category.parent_id.is_not_distinct_from(record.parent_id)
        )
        with host().session.no_autoflush:
            others = [found for found in host().session.scalars(same) if found != record.id]
        if others:
            raise Rejected("name", gettext("There is a category of this name already."))


def _parent_of(category_id: int) -> int | None:
    with host().session.no_autoflush:
        return host().session.scalar(
            sa.select(Category.parent_id).where(Category.id == category_id)
        )


def _list_above(list_id: int) -> int | None:
    asked = sa.select(PriceList.parent_id).where(PriceList.id == list_id)
    with host().session.no_autoflush:
        return host().session.scalar(asked)


def _product(record: Product) -> None:
    record.currency = record.currency or current_company().currency
    for field, amount in (("list_price", record.list_price), ("cost", record.cost)):
        if amount is not None and amount < 0:
            raise Rejected(field, gettext("A price is not negative."))


def _price_list(record: PriceList, changes: Changes | None) -> None:
    """There is one standard list: making another the standard takes it from the old one."""
    moved = changes is not None and "parent_id" in changes
    if moved and closes_circle(record.id, record.parent_id, _list_above):
        raise Rejected("parent", gettext("A price list cannot fall back on itself."))
    if record.is_default:
        if record.active is False:
            raise Rejected("active", gettext("The standard price list stays active."))
        others = sa.select(PriceList).where(PriceList.is_default)
        with host().session.no_autoflush:
            for other in host().session.scalars(others):
                if other is not record:
                    other.is_default = False
    elif changes is not None and "is_default" in changes:
        raise Rejected("is_default", gettext("Make another list the standard one instead."))


def _price(record: Price) -> None:
    session = host().session
    record.currency = record.currency or current_company().currency
    if None in (record.price, record.product_id):
        return
    if record.price < 0:
        raise Rejected("price", gettext("A price is not negative."))
    if record.valid_from and record.valid_to and record.valid_to < record.valid_from:
        raise Rejected("valid_to", gettext("The last day is before the first."))
    with session.no_autoflush:
        if record.price_list_id is None:
            record.price_list_id = session.scalar(
                sa.select(PriceList.id).where(PriceList.is_default)
            )
        twin = sa.select(Price.id).where(
            Price.product_id == record.product_id,
            Price.price_list_id.is_not_distinct_from(record.price_list_id),
            Price.currency == record.currency,
            Price.valid_from.is_not_distinct_from(record.valid_from),
        )
        if any(found != record.id for found in session.scalars(twin)):
            raise Rejected(
                "valid_from", gettext("There is a price of this product from this day already.")
            )
        product = session.get(Product, record.product_id)
    record.name = _name_of(record, product.name if product else "")


def _name_of(price: Price, product: str) -> str:
    return f"{product} · {price.valid_from}" if price.valid_from else product
