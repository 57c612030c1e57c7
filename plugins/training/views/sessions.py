"""Sessions, seats, paths and enrolment rules."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.views import CalendarView, FormView, ListView, Related, Section

VIEWS = (
    ListView(
        model="training.Session",
        columns=("name", "course", "starts_at", "place", "trainer", "seats", "state"),
        filters=("course", "state", "starts_at", "trainer"), order="-starts_at",
    ),
    CalendarView(
        model="training.Session", start="starts_at", end="ends_at", title="name", tone="state",
        fields=("course", "place"),
    ),
    FormView(
        model="training.Session",
        sections=(
            Section(
                title=lazy_pgettext("training", "Session"),
                fields=("name", "course", "state", "starts_at", "ends_at", "place", "url",
                        "trainer", "seats", "cost"),
            ),
        ),
        related=(
            Related(
                title=_("Attendances"), model="training.Attendance", field="session",
                columns=("user", "state", "note"),
            ),
        ),
    ),
    ListView(
        model="training.Attendance", columns=("name", "user", "state", "note"),
        filters=("session", "user", "state"), order="name",
    ),
    ListView(
        model="training.Path", columns=("name", "role", "active"), filters=("role", "active"),
        order="name",
    ),
    FormView(
        model="training.Path",
        sections=(
            Section(title=_("Learning path"), fields=("name", "role", "active", "description")),
        ),
        related=(
            Related(
                title=_("Courses of paths"), model="training.PathStep", field="path",
                columns=("position", "course", "due_days"),
            ),
            Related(
                title=_("Enrolment rules"), model="training.Rule", field="path",
                columns=("name", "kind", "active"),
            ),
        ),
    ),
    ListView(
        model="training.Rule", columns=("name", "kind", "course", "path", "role", "team", "active"),
        filters=("kind", "course", "path", "active"), order="name",
    ),
    FormView(
        model="training.Rule",
        sections=(
            Section(
                title=_("Enrolment rule"), fields=("name", "kind", "role", "team", "days", "active")
            ),
            Section(title=lazy_pgettext("training", "In what"), fields=("course", "path",
                                                                        "due_days")),
            Section(
                title=_("Whose figure is weak"),
                fields=("measure", "bound", "threshold", "least"),
            ),
            Section(title=_("A new product"), fields=("products",)),
            Section(
                title=_("Who failed an item of an appraisal"), fields=("item", "observed")
            ),
        ),
    ),
)  # fmt: skip
