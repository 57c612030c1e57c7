"""Figures of the ledger, and of what is to be paid."""

from plugins.sales.measures.ledger import MEASURES as LEDGER
from plugins.sales.measures.receivables import MEASURES as RECEIVABLES

MEASURES = (*LEDGER, *RECEIVABLES)

__all__ = ["MEASURES"]
