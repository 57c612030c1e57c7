"""Lists, forms and menu entries of training."""

from __future__ import annotations

from plugin_api.views import View
from plugins.training.views import courses, quizzes, skills
from plugins.training.views.menus import MENUS

VIEWS: tuple[View, ...] = (*skills.VIEWS, *courses.VIEWS, *quizzes.VIEWS)

__all__ = ["MENUS", "VIEWS"]
