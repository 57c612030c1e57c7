"""Everything that targets keep, in the order in which it points to each other."""

from plugins.targets.models.alerts import TargetAlert
from plugins.targets.models.closing import Closing, Snapshot
from plugins.targets.models.cycles import TargetCycle
from plugins.targets.models.history import TargetVersion
from plugins.targets.models.stays import TeamStay
from plugins.targets.models.targets import Target

ALL = (TargetCycle, Target, TargetVersion, Closing, Snapshot, TeamStay, TargetAlert)

__all__ = [
    "ALL", "Closing", "Snapshot", "Target", "TargetAlert", "TargetCycle", "TargetVersion",
    "TeamStay",
]  # fmt: skip
