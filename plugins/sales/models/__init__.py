"""Everything the plugin keeps, in the order in which it points to each other."""

from plugins.sales.models.deliveries import Delivery, DeliveryLine
from plugins.sales.models.invoices import Invoice, InvoiceLine
from plugins.sales.models.ledger import LedgerEntry
from plugins.sales.models.orders import Channel, Order, OrderCredit, OrderLine
from plugins.sales.models.quotes import Quote, QuoteLine
from plugins.sales.models.receipts import Allocation, Receipt
from plugins.sales.models.receivables import Receivable

ALL = (
    Channel,
    Quote,
    QuoteLine,
    Order,
    OrderLine,
    OrderCredit,
    Delivery,
    DeliveryLine,
    Invoice,
    InvoiceLine,
    Receivable,
    Receipt,
    Allocation,
    LedgerEntry,
)

__all__ = [
    "ALL",
    "Allocation",
    "Channel",
    "Delivery",
    "DeliveryLine",
    "Invoice",
    "InvoiceLine",
    "LedgerEntry",
    "Order",
    "OrderCredit",
    "OrderLine",
    "Quote",
    "QuoteLine",
    "Receipt",
    "Receivable",
]
