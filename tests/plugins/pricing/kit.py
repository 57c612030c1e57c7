"""Short words for tests of prices."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from plugin_api.host import host
from plugin_api.models import model_of
from plugins.catalog.models import Category, Price, PriceList, Product
from plugins.pricing.models import Coupon, Floor, Promotion, PromotionItem, Rule, Terms
from plugins.pricing.services.explaining import Explained, explain
from plugins.sales.models import Order, OrderLine, Quote, QuoteLine

DAY = dt.date(2026, 3, 2)


def product(name: str = "Meter", price: int | None = 1_000_00, **given: Any) -> Product:
    return host().records.create(Product, {"name": name, "list_price": price, **given})


def category(name: str, **given: Any) -> Category:
    return host().records.create(Category, {"name": name, **given})


def price_list(name: str = "Partners", **given: Any) -> PriceList:
    return host().records.create(PriceList, {"name": name, **given})


def price(goods: Product, minor: int, **given: Any) -> Price:
    return host().records.create(Price, {"product_id": goods.id, "price": minor, **given})


def rule(**given: Any) -> Rule:
    values = {"kind": "off" if "percent" in given else "fixed", **given}
    for name in ("percent", "from_quantity"):
        if name in values:
            values[name] = Decimal(values[name])
    return host().records.create(Rule, values)


def terms(of: PriceList, **given: Any) -> Terms:
    return host().records.create(Terms, {"name": of.name, "price_list_id": of.id, **given})


def floor(**given: Any) -> Floor:
    return host().records.create(Floor, given)


def account(name: str = "Acme", **given: Any) -> Any:
    model: Any = model_of("crm.Account")
    return host().records.create(model, {"name": name, **given})


def asked(goods: Product, quantity: Any = 1, **given: Any) -> Explained:
    given.setdefault("on", DAY)
    return explain(goods.id, quantity=Decimal(quantity), **given)


def whys(found: Explained, did: bool | None = None) -> list[str]:
    """Reasons of the steps in order."""
    return [step.why for step in found.steps if did is None or step.did == did]


def promotion(name: str = "Spring", *goods: Product, start: bool = True, **given: Any) -> Promotion:
    """A promotion of some products (none: of everything), running."""
    codes = given.pop("codes", ())
    values = {"kind": "percent" if "percent" in given else "gift", **given}
    for field in ("percent", "buy_quantity", "gift_quantity", "least_quantity", "most_quantity"):
        if field in values:
            values[field] = Decimal(values[field])
    made = host().records.create(Promotion, {"name": name, **values})
    for each in goods:
        host().records.create(PromotionItem, {"promotion_id": made.id, "product_id": each.id})
    for code in codes:
        host().records.create(Coupon, {"promotion_id": made.id, "code": code})
    if start:
        host().records.transition(made, "start")
    return made


def order(**given: Any) -> Order:
    """A draft."""
    given.setdefault("account_id", None)
    if given["account_id"] is None:
        given["account_id"] = account("Buyer").id
    return host().records.create(Order, given)


def line(of: Order | Quote, goods: Product, quantity: Any = 1, **given: Any) -> Any:
    """A line of a quote or an order."""
    model: Any = OrderLine if isinstance(of, Order) else QuoteLine
    name = "order_id" if isinstance(of, Order) else "quote_id"
    values = {name: of.id, "product_id": goods.id, "quantity": Decimal(quantity), **given}
    return host().records.create(model, values)


def reasons(of: Any) -> list[str]:
    """What a line keeps of how it was priced."""
    return [step["why"] for step in of.trace]
