"""Figures of the CRM."""

from plugins.crm.measures import leads, opportunities, people

MEASURES = (*opportunities.MEASURES, *leads.MEASURES, *people.MEASURES)

__all__ = ["MEASURES"]
