"""Figures of grades, segments and scores."""

from plugins.segments.measures import grades, segments

MEASURES = (*segments.MEASURES, *grades.MEASURES)

__all__ = ["MEASURES"]
