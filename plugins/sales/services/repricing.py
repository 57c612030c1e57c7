"""Finding the prices of a draft anew."""

from __future__ import annotations

from plugin_api import host
from plugin_api.context import gettext
from plugin_api.errors import Rejected
from plugins.sales.models import Order, Quote
from plugins.sales.services import orders, quotes


def price_again(document: Quote | Order) -> None:
    """Have all lines of a draft priced by the rules of this day. Raises Rejected and NotFound."""
    found = host().records.get(type(document), document.id, "update")
    if found.status != "draft":
        raise Rejected("", gettext("Only a draft is priced anew."))
    (quotes if isinstance(found, Quote) else orders).follow([found.id])
