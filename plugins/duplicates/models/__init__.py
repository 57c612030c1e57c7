"""Rules, the keys by which records are found, groups to look at, and what was merged."""

from plugins.duplicates.models.rules import Condition, Key, Rule

ALL = (Rule, Condition, Key)

__all__ = ["ALL", "Condition", "Key", "Rule"]
