"""Everything that tells accounts apart, in the order in which it points to each other."""

from plugins.segments.models.grades import GradeChange, Grading, Override, Policy, Standing
from plugins.segments.models.health import Factor, Health, Retention
from plugins.segments.models.personas import Match, Persona
from plugins.segments.models.segments import Cut, Figure, Membership, Score, Segment

ALL = (
    Grading, Policy, Override, Standing, GradeChange, Segment, Figure, Membership, Score, Cut,
    Persona, Match, Factor, Health, Retention,
)  # fmt: skip

__all__ = [
    "ALL",
    "Cut",
    "Factor",
    "Figure",
    "GradeChange",
    "Grading",
    "Health",
    "Match",
    "Membership",
    "Override",
    "Persona",
    "Policy",
    "Retention",
    "Score",
    "Segment",
    "Standing",
]
