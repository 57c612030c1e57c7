"""Everything the plugin keeps, in the order in which it points to each other."""

from plugins.sales.models.deliveries import Delivery, DeliveryLine
from plugins.sales.models.invoices import Invoice, InvoiceLine
from plugins.sales.models.ledger import LedgerEntry
from plugins.sales.models.orders import Channel, Order, OrderCredit, OrderLine
from plugins.sales.models.quotes import Quote, QuoteLine
from plugins.sales.models.receipts import Allocation, Receipt
from plugins.sales.models.receivables import Receivable
from plugins.sales.models.versions import OrderVersion, OrderVersionLine

ALL = (
    Channel,
    Quote,
    QuoteLine,
    Order,
    OrderLine,
    OrderCredit,
    OrderVersion,
    OrderVersionLine,
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
    "OrderVersion",
    "OrderVersionLine",
    "Quote",
    "QuoteLine",
    "Receipt",
    "Receivable",
]
