"""Lists, forms, boards and menu entries of the CRM."""

from plugins.crm.views import accounts, leads, opportunities, setup
from plugins.crm.views.menus import MENUS

VIEWS = (*opportunities.VIEWS, *accounts.VIEWS, *leads.VIEWS, *setup.VIEWS)

__all__ = ["MENUS", "VIEWS"]
