"""Everything the plugin keeps, in the order in which it points to each other."""

from plugins.sales.models.deliveries import Delivery, DeliveryLine
from plugins.sales.models.invoices import Invoice, InvoiceLine
from plugins.sales.models.ledger import LedgerEntry
from plugins.sales.models.orders import Channel, Order, OrderCredit, OrderLine

ALL = (
    Channel,
    Order,
    OrderLine,
    OrderCredit,
    Delivery,
    DeliveryLine,
    Invoice,
    InvoiceLine,
    LedgerEntry,
)

__all__ = [
    "ALL",
    "Channel",
    "Delivery",
    "DeliveryLine",
    "Invoice",
    "InvoiceLine",
    "LedgerEntry",
    "Order",
    "OrderCredit",
    "OrderLine",
]
