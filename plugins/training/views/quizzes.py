"""Quizzes, their questions, and attempts."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.views import ChartView, FormView, ListView, PivotView, Related, Section

VIEWS = (
    ListView(
        model="training.Quiz",
        columns=("name", "pass_mark", "draw", "attempts", "minutes", "reveal"),
        order="name",
    ),
    FormView(
        model="training.Quiz",
        sections=(
            Section(
                title=_("Quiz"),
                fields=("name", "pass_mark", "draw", "attempts", "minutes", "reveal",
                        "intro"),
            ),
        ),
        related=(
            Related(
                title=lazy_pgettext("quiz", "Questions"), model="training.Question", field="quiz",
                columns=("name", "kind", "points", "active"),
            ),
            Related(
                title=_("Courses"), model="training.Course", field="quiz",
                columns=("name", "pretest"),
            ),
        ),
    ),
    ListView(
        model="training.Question", columns=("name", "quiz", "kind", "points", "active"),
        filters=("quiz", "kind", "active"),
    ),
    FormView(
        model="training.Question",
        sections=(
            Section(
                title=lazy_pgettext("quiz", "Question"),
                fields=("quiz", "name", "kind", "options", "correct", "explanation", "points",
                        "active"),
            ),
        ),
    ),
    ListView(
        model="training.Attempt",
        columns=("name", "user", "purpose", "number", "on", "score", "passed", "late"),
        filters=("quiz", "user", "purpose", "passed", "on"), order="-started_at",
    ),
    ChartView(model="training.Attempt", by="quiz", figure="score__avg", split="purpose"),
    PivotView(model="training.Attempt", rows=("quiz",), columns=("passed",)),
)  # fmt: skip
