"""Tables of pricing."""

from plugin_api.models import Base
from plugins.pricing.models.lists import Floor, Rule, Terms

ALL: tuple[type[Base], ...] = (Terms, Rule, Floor)

__all__ = ["ALL", "Floor", "Rule", "Terms"]
