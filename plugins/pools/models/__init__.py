"""Everything the pools keep, in the order in which it points to each other."""

from plugins.pools.models.places import Change, Place
from plugins.pools.models.pools import Member, Pool, Rule

ALL = (Pool, Member, Rule, Place, Change)

__all__ = ["ALL", "Change", "Member", "Place", "Pool", "Rule"]
