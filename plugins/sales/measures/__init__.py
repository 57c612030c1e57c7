"""Figures of the ledger."""

from plugins.sales.measures.ledger import MEASURES

__all__ = ["MEASURES"]
