"""Figures of grades, segments and scores."""

from plugins.segments.measures import grades, personas, segments

MEASURES = (*segments.MEASURES, *grades.MEASURES, *personas.MEASURES)

__all__ = ["MEASURES"]
