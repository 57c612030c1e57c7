"""Lines of orders and invoices: what they come to."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from plugin_api import host
from plugin_api.context import gettext
from plugin_api.errors import Rejected
from plugin_api.money import from_minor, to_minor
from plugins.catalog.api import list_price
from plugins.sales.services import looking
from plugins.sales.services.amounts import discount_of, line_totals
from plugins.sales.services.shares import FINEST
from plugins.sales.settings import ROUNDING


def fill(line: Any, currency: str, on: dt.date, *, by_hand: bool) -> None:
    """Give a line what was left empty: description, prices and cost.

    ``by_hand`` has the price lists asked for each line; what is imported goes by the product.
    Raises Rejected when there is no price.
    """
    line.currency = currency
    goods = looking.goods(line.product_id)
    line.description = line.description or (goods.name if goods else None)
    listed = _listed(line, goods, currency, on, by_hand or line.price is None)
    if hasattr(line, "list_price"):
        line.list_price = listed
    if line.price is None:
        line.price = listed
    if line.price is None and line.agreed is not None:
        line.price = (
            (line.agreed / line.quantity).quantize(FINEST) if line.quantity else line.agreed
        )
    if line.price is None:
        field = "product" if goods is None else "price"
        text = gettext("Say what it is, or what it costs.") if goods is None else gettext(
            "The product has no price: give one."
        )  # fmt: skip
        raise Rejected(field, text)
    if line.cost is None and goods is not None and goods.cost is not None:
        factor = looking.rate(goods.currency, on) / looking.rate(currency, on)
        line.cost = (goods.cost * factor).quantize(FINEST)


MOST = Decimal(10) ** 12
"""More than a line may come to, in major units: sums of several still fit into a column."""


def reckon(line: Any, *discounts: Decimal) -> None:
    """Set what the line comes to; ``discounts`` are those of the document. Raises Rejected."""
    given = (line.discount, *discounts)
    whole = line.quantity * (line.price or Decimal(0)) if line.agreed is None else line.agreed
    if abs(whole) >= MOST:
        raise Rejected("quantity", gettext("This comes to more than a line can hold."))
    found = line_totals(
        line.quantity,
        line.price or Decimal(0),
        tuple(each for each in given if each),
        line.tax_rate,
        currency=line.currency,
        agreed=line.agreed,
        off=getattr(line, "taken_off", Decimal(0)),
        exact=host().setting(ROUNDING) == "figure",
    )
    line.net, line.amount, line.tax = found.net, found.amount, found.tax
    if hasattr(line, "list_amount"):
        listed = line.list_price
        line.list_amount = (
            found.amount if listed is None else to_minor(line.quantity * listed, line.currency)
        )
    if line.agreed is not None:
        discount = discount_of(line.quantity, line.price or Decimal(0), line.agreed)
        line.discount = min(max(discount, Decimal(0)), Decimal(100))


def _listed(
    line: Any, goods: looking.Goods | None, currency: str, on: dt.date, ask: bool
) -> Decimal | None:
    if goods is None or line.product_id is None:
        return None
    if ask:
        product = line.product_id
        found = looking.once(
            ("list price", product, on, currency), lambda: list_price(product, on, currency)
        )
        return None if found is None else from_minor(found, currency)
    return goods.price if goods.currency == currency else None
