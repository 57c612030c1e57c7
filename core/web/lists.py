"""Every page of lists, boards and calendars: what the others add to the blueprint's own."""

from __future__ import annotations

from core.web import bulk, calendars, cells, columns, conditions, pictures, saved_views
from core.web.collections import bp

__all__ = ["bp", "bulk", "calendars", "cells", "columns", "conditions", "pictures", "saved_views"]
