"""The side menu."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.menus import MenuItem
from plugins.training.access import MATRIX, READ

MENUS = (
    MenuItem(
        id="mine", label=_("My learning"), endpoint="training.mine", permission=READ, order=10,
        icon="mortarboard",
    ),
    MenuItem(
        id="matrix", label=_("Skills matrix"), endpoint="training.matrix", permission=MATRIX,
        order=20, icon="grid-3x3",
    ),
    MenuItem(
        id="courses", label=_("Courses"), model="training.Course", order=30, icon="journal-text"
    ),
    MenuItem(
        id="enrolments", label=_("Enrolments"), model="training.Enrolment", order=40,
        icon="person-check",
    ),
    MenuItem(
        id="sessions", label=lazy_pgettext("training", "Sessions"), model="training.Session",
        view="calendar", order=45, icon="calendar-event",
    ),
    MenuItem(
        id="certificates", label=_("Certificates"), model="training.Certificate", order=50,
        icon="patch-check",
    ),
    MenuItem(
        id="coachings", label=_("Coaching"), model="training.Coaching", order=52,
        icon="chat-square-heart",
    ),
    MenuItem(
        id="careers", label=_("Careers"), model="training.Career", order=54, icon="ladder"
    ),
    MenuItem(
        id="observations", label=_("Observations at work"), model="training.Observation",
        permission="training.Observation.update", order=56, icon="eye",
    ),
    MenuItem(
        id="quizzes", label=_("Quizzes"), model="training.Quiz", order=60, icon="patch-question"
    ),
    MenuItem(
        id="paths", label=_("Learning paths"), model="training.Path",
        permission="training.Path.update", order=70, icon="signpost",
    ),
    MenuItem(
        id="rules", label=_("Enrolment rules"), model="training.Rule", order=72,
        icon="person-plus",
    ),
    MenuItem(
        id="ladders", label=_("Career ladders"), model="training.Ladder",
        permission="training.Ladder.update", order=78, icon="bar-chart-steps",
    ),
    MenuItem(
        id="skills", label=_("Skills"), model="training.Skill",
        permission="training.Skill.update", order=80, icon="stars",
    ),
)  # fmt: skip
