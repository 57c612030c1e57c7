"""What other plugins may import of sales."""

from plugins.sales.models import Order, OrderLine, Quote, QuoteLine
from plugins.sales.services.pricing import Gift, PricedDocument, PricedLine

__all__ = ["Gift", "Order", "OrderLine", "PricedDocument", "PricedLine", "Quote", "QuoteLine"]
