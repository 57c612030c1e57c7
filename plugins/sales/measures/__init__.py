"""Figures of the ledger, of what is to be paid, of quotes, and of prices."""

from plugins.sales.measures.ledger import MEASURES as LEDGER
from plugins.sales.measures.prices import MEASURES as PRICES
from plugins.sales.measures.quotes import MEASURES as QUOTES
from plugins.sales.measures.receivables import MEASURES as RECEIVABLES

MEASURES = (*LEDGER, *RECEIVABLES, *QUOTES, *PRICES)

__all__ = ["MEASURES"]
