"""Everything that tells accounts apart, in the order in which it points to each other."""

from plugins.segments.models.grades import GradeChange, Grading, Override, Policy, Standing
from plugins.segments.models.personas import Match, Persona
from plugins.segments.models.segments import Cut, Figure, Membership, Score, Segment

ALL = (
    Grading, Policy, Override, Standing, GradeChange, Segment, Figure, Membership, Score, Cut,
    Persona, Match,
)  # fmt: skip

__all__ = [
    "ALL",
    "Cut",
    "Figure",
    "GradeChange",
    "Grading",
    "Match",
    "Membership",
    "Override",
    "Persona",
    "Policy",
    "Score",
    "Segment",
    "Standing",
]
