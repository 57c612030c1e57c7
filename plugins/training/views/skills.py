"""Skills, what roles need, and ratings."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.views import ChartView, FormView, ListView, PivotView, Related, Section

VIEWS = (
    ListView(
        model="training.Skill", columns=("name", "area", "active"), filters=("area", "active"),
        order="name",
    ),
    FormView(
        model="training.Skill",
        sections=(Section(title=_("Skill"), fields=("name", "area", "active", "description")),),
        related=(
            Related(
                title=_("Skills that roles need"), model="training.Requirement", field="skill",
                columns=("role", "level"),
            ),
            Related(
                title=_("Courses"), model="training.Course", field="skill",
                columns=("name", "level", "hours"),
            ),
            Related(
                title=_("Skill ratings"), model="training.Rating", field="skill",
                columns=("user", "level", "on", "source", "current"),
            ),
        ),
    ),
    ListView(
        model="training.Requirement", columns=("role", "skill", "level"),
        filters=("role", "skill"), order="role",
    ),
    ListView(
        model="training.Rating",
        columns=("name", "user", "level", "on", "source", "current"),
        filters=("user", "skill", "level", "current", "on"), order="-on",
    ),
    FormView(
        model="training.Rating",
        sections=(
            Section(title=_("Skill rating"), fields=("user", "skill", "level", "on", "note")),
            Section(title=lazy_pgettext("training", "Kept"), fields=("source", "current")),
        ),
    ),
    ChartView(model="training.Rating", by="skill", figure="level__avg"),
    PivotView(model="training.Rating", rows=("user",), columns=("skill",), figure="level__max"),
)  # fmt: skip
