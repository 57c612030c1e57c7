"""What other plugins may import of activities."""

from plugins.activities.services.contact import efforts, last_days, last_of

__all__ = ["efforts", "last_days", "last_of"]
