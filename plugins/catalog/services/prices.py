"""What a product costs on a day."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from plugin_api import host
from plugin_api.money import convert
from plugins.catalog.models import Price, PriceList, Product


def list_price(product: int, on: date, currency: str, price_list: int | None = None) -> int | None:
    """Minor units of ``currency`` for one of the product (an id) on a day; None: no price.

    In this order: the list asked for (an id; the standard list by default) and those that it falls
    back on, the product's own list price, and that price converted at the day's rate when it is in
    another currency.
    Of several prices that are valid, the one that began last counts. Raises Rejected when a
    rate is needed and none is stored.
    """
    seen: set[int | None] = set()
    while price_list not in seen:
        seen.add(price_list)
        found = _of_list(product, on, currency, price_list)
        if found is not None:
            return found
        if price_list is not None:
            above = sa.select(PriceList.parent_id).where(PriceList.id == price_list)
            price_list = host().session.scalar(above)
    row = (
        host()
        .session.execute(
            sa.select(Product.list_price, Product.currency).where(Product.id == product)
        )
        .first()
    )
    if row is None or row.list_price is None:
        return None
    price: int = row.list_price
    if row.currency == currency:
        return price
    return convert(price, row.currency, currency, host().rate(row.currency, currency, on))


def _of_list(product: int, on: date, currency: str, price_list: int | None) -> int | None:
    asked = sa.select(Price.price).where(
        Price.product_id == product,
        Price.currency == currency,
        sa.or_(Price.valid_from.is_(None), Price.valid_from <= on),
        sa.or_(Price.valid_to.is_(None), Price.valid_to >= on),
    )
    if price_list is None:
        asked = asked.where(
            Price.price_list_id.in_(sa.select(PriceList.id).where(PriceList.is_default))
        )
    else:
        asked = asked.where(Price.price_list_id == price_list)
    begun_last = (Price.valid_from.is_(None), Price.valid_from.desc(), Price.id.desc())
    return host().session.scalar(asked.order_by(*begun_last).limit(1))
