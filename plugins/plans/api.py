"""What other plugins may import of plans."""

from plugins.plans.models import Link, Objective, Step, Strategy
from plugins.plans.services.agenda import Entry

__all__ = ["Entry", "Link", "Objective", "Step", "Strategy"]
