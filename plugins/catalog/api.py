"""What other plugins may import of the catalogue."""

from plugins.catalog.models import Category, Price, PriceList, Product
from plugins.catalog.services.prices import list_price

__all__ = ["Category", "Price", "PriceList", "Product", "list_price"]
