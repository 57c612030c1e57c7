"""Everything that tells accounts apart, in the order in which it points to each other."""

from plugins.segments.models.grades import GradeChange, Grading, Override, Policy, Standing
from plugins.segments.models.segments import Cut, Figure, Membership, Score, Segment

ALL = (
    Grading, Policy, Override, Standing, GradeChange, Segment, Figure, Membership, Score, Cut,
)  # fmt: skip

__all__ = [
    "ALL",
    "Cut",
    "Figure",
    "GradeChange",
    "Grading",
    "Membership",
    "Override",
    "Policy",
    "Score",
    "Segment",
    "Standing",
]
