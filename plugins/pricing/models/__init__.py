"""Tables of pricing."""

from plugin_api.models import Base
from plugins.pricing.models.lists import Floor, Rule, Terms
from plugins.pricing.models.promotions import Claim, Coupon, Promotion, PromotionItem

ALL: tuple[type[Base], ...] = (Terms, Rule, Floor, Promotion, PromotionItem, Coupon, Claim)

__all__ = ["ALL", "Claim", "Coupon", "Floor", "Promotion", "PromotionItem", "Rule", "Terms"]
