"""Figures of the ledger, of what is to be paid, and of quotes."""

from plugins.sales.measures.ledger import MEASURES as LEDGER
from plugins.sales.measures.quotes import MEASURES as QUOTES
from plugins.sales.measures.receivables import MEASURES as RECEIVABLES

MEASURES = (*LEDGER, *RECEIVABLES, *QUOTES)

__all__ = ["MEASURES"]
