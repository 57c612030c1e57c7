"""Plausible orders for demo companies."""

from plugins.sales.demo.orders import load

__all__ = ["load"]
