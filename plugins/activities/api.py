"""What other plugins may import of activities."""

from plugins.activities.services.contact import last_days, last_of

__all__ = ["last_days", "last_of"]
