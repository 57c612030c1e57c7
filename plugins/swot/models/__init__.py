"""Analyses, their items and evidence, TOWS pairs, options, and what workshops keep silent."""

from plugin_api.models import Base
from plugins.swot.models.analyses import Analysis, Participant
from plugins.swot.models.items import Evidence, Item
from plugins.swot.models.tows import Option, Pair
from plugins.swot.models.workshop import Idea, Vote

ALL: tuple[type[Base], ...] = (
    Analysis, Participant, Item, Evidence, Pair, Option, Idea, Vote,
)  # fmt: skip

__all__ = ["ALL", "Analysis", "Evidence", "Idea", "Item", "Option", "Pair", "Participant", "Vote"]
