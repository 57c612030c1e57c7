"""What other plugins may import of pricing."""

from plugins.pricing.services.explaining import Explained, explain

__all__ = ["Explained", "explain"]
