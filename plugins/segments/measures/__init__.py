"""Figures of grades, segments and scores."""

from plugins.segments.measures import grades, health, personas, segments

MEASURES = (*segments.MEASURES, *grades.MEASURES, *personas.MEASURES, *health.MEASURES)

__all__ = ["MEASURES"]
