"""What other plugins may import of plans."""

from plugins.plans.models import Objective, Step, Strategy
from plugins.plans.services.agenda import Entry

__all__ = ["Entry", "Objective", "Step", "Strategy"]
