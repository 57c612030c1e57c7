"""What other plugins may import of sales."""

from plugins.sales.models import (
    Allocation,
    Channel,
    LedgerEntry,
    Order,
    OrderLine,
    Quote,
    QuoteLine,
    Receipt,
    Receivable,
)
from plugins.sales.services.orders import lines_of
from plugins.sales.services.pricing import Gift, PricedDocument, PricedLine
from plugins.sales.services.repricing import price_again

__all__ = [
    "Allocation",
    "Channel",
    "Gift",
    "LedgerEntry",
    "Order",
    "OrderLine",
    "PricedDocument",
    "PricedLine",
    "Quote",
    "QuoteLine",
    "Receipt",
    "Receivable",
    "lines_of",
    "price_again",
]
