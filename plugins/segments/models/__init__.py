"""Everything that tells accounts apart, in the order in which it points to each other."""

from plugins.segments.models.grades import GradeChange, Grading, Override, Policy, Standing

ALL = (Grading, Policy, Override, Standing, GradeChange)

__all__ = ["ALL", "GradeChange", "Grading", "Override", "Policy", "Standing"]
