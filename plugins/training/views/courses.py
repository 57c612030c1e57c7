"""Courses, lessons, enrolments and certificates."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.views import ChartView, FormView, ListView, PivotView, Related, Section

VIEWS = (
    ListView(
        model="training.Course",
        columns=("name", "area", "skill", "level", "hours", "open", "certificate"),
        filters=("area", "skill", "open", "certificate", "active"), order="name",
    ),
    FormView(
        model="training.Course",
        sections=(
            Section(
                title=_("Course"),
                fields=("name", "area", "summary", "hours", "open", "active"),
            ),
            Section(title=_("What it brings"), fields=("skill", "level", "measure")),
            Section(
                title=_("How it ends"),
                fields=("quiz", "pretest", "needs_session", "certificate", "valid_months"),
            ),
            Section(title=_("Afterwards, at work"), fields=("behaviours", "behaviour_days")),
            Section(title=_("Cost"), fields=("cost", "fixed_cost", "budget")),
        ),
        related=(
            Related(
                title=_("Lessons"), model="training.Lesson", field="course",
                columns=("position", "name", "kind", "minutes", "required"),
            ),
            Related(
                title=lazy_pgettext("training", "Sessions"), model="training.Session",
                field="course", columns=("name", "starts_at", "state", "seats"),
            ),
            Related(
                title=_("Enrolments"), model="training.Enrolment", field="course",
                columns=("user", "state", "due_on", "completed_on", "after"),
            ),
        ),
    ),
    ListView(
        model="training.Lesson",
        columns=("name", "course", "position", "kind", "minutes", "required"),
        filters=("course", "kind", "required"), order="position",
    ),
    FormView(
        model="training.Lesson",
        sections=(
            Section(
                title=_("Lesson"), fields=("course", "position", "name", "kind", "minutes",
                                           "required"),
            ),
            Section(title=lazy_pgettext("lesson", "Content"), fields=("body", "url")),
            Section(title=_("Exercise on live data"), fields=("measure", "at_least")),
        ),
    ),
    ListView(
        model="training.Enrolment",
        columns=("name", "user", "state", "due_on", "origin", "completed_on", "after", "gain"),
        filters=("state", "course", "user", "due_on", "origin"), order="-enrolled_on",
        totals=("cost",),
    ),
    FormView(
        model="training.Enrolment",
        sections=(
            Section(title=_("Enrolment"), fields=("user", "course", "due_on", "reason")),
            Section(
                title=_("How far"),
                fields=("state", "origin", "enrolled_on", "started_on", "completed_on"),
            ),
            Section(
                title=lazy_pgettext("course", "What came of it"),
                fields=("before", "after", "gain", "extra", "cost"),
            ),
        ),
        related=(
            Related(
                title=lazy_pgettext("quiz", "Attempts"), model="training.Attempt",
                field="enrolment",
                columns=("purpose", "number", "on", "score", "passed"),
            ),
        ),
    ),
    ChartView(model="training.Enrolment", by="completed_on__month", split="state"),
    PivotView(model="training.Enrolment", rows=("course",), columns=("state",)),
    ListView(
        model="training.Certificate",
        columns=("number", "name", "user", "issued_on", "expires_on", "score"),
        filters=("course", "user", "expires_on", "issued_on"), order="-issued_on",
    ),
)  # fmt: skip
