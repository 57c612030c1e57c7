"""Figures of the CRM."""

from plugins.crm.measures import leads, opportunities

MEASURES = (*opportunities.MEASURES, *leads.MEASURES)

__all__ = ["MEASURES"]
