"""What other plugins may import of the catalogue."""

from plugins.catalog.models import Category, Product
from plugins.catalog.services.prices import list_price

__all__ = ["Category", "Product", "list_price"]
