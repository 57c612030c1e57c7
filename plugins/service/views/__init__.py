"""How everything is shown, and the side menu."""

from plugins.service.views import cases, mails, plans, setup, visits
from plugins.service.views.menus import MENUS

VIEWS = (*cases.VIEWS, *mails.VIEWS, *setup.VIEWS, *visits.VIEWS, *plans.VIEWS)

__all__ = ["MENUS", "VIEWS"]
