"""What other plugins may import of sales."""

from plugins.sales.models import Channel, Order, OrderLine, Quote, QuoteLine
from plugins.sales.services.orders import lines_of
from plugins.sales.services.pricing import Gift, PricedDocument, PricedLine
from plugins.sales.services.repricing import price_again

__all__ = [
    "Channel",
    "Gift",
    "Order",
    "OrderLine",
    "PricedDocument",
    "PricedLine",
    "Quote",
    "QuoteLine",
    "lines_of",
    "price_again",
]
