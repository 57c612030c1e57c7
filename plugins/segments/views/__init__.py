"""How everything is shown, and the side menu."""

from plugins.segments.views import grades, health, personas, segments
from plugins.segments.views.menus import MENUS

VIEWS = (*segments.VIEWS, *grades.VIEWS, *personas.VIEWS, *health.VIEWS)

__all__ = ["MENUS", "VIEWS"]
