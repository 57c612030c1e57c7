"""Lists, forms and menu entries of training."""

from __future__ import annotations

from plugin_api.views import View
from plugins.training.views import courses, people, quizzes, sessions, skills
from plugins.training.views.menus import MENUS

VIEWS: tuple[View, ...] = (
    *skills.VIEWS, *courses.VIEWS, *quizzes.VIEWS, *sessions.VIEWS, *people.VIEWS,
)  # fmt: skip

__all__ = ["MENUS", "VIEWS"]
