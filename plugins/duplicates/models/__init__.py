"""Rules, the keys by which records are found, groups to look at, and what was merged."""

from plugins.duplicates.models.groups import Different, Group, Member
from plugins.duplicates.models.merges import Merge, Merged
from plugins.duplicates.models.rules import Condition, Key, Rule

ALL = (Rule, Condition, Key, Group, Member, Different, Merge, Merged)

__all__ = [
    "ALL",
    "Condition",
    "Different",
    "Group",
    "Key",
    "Member",
    "Merge",
    "Merged",
    "Rule",
]
