"""How people, teams and roles are shown."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.views import FormView, ListView, Related, Section, View

VIEWS: tuple[View, ...] = (
    ListView(
        model="core.User",
        columns=("name", "email", "team", "role", "active"),
        filters=("team", "role", "active"),
        order="name",
    ),
    FormView(
        model="core.User",
        sections=(
            Section(title=_("Person"), fields=("name", "email", "external_id")),
            Section(title=_("Work"), fields=("team", "role", "active")),
        ),
        related=(
            Related(
                title=_("Absences"), model="core.Absence", field="user",
                columns=("first_day", "last_day", "deputy", "note"),
            ),
            Related(
                title=_("Deputy of"), model="core.Absence", field="deputy",
                columns=("user", "first_day", "last_day"),
            ),
        ),
    ),
    ListView(
        model="core.Team",
        columns=("name", "manager", "parent"),
        filters=("parent", "manager"),
        order="name",
    ),
    FormView(
        model="core.Team",
        sections=(
            Section(title=_("Team"), fields=("name", "manager", "parent", "external_id")),
        ),
        related=(
            Related(
                title=_("Members"), model="core.User", field="team",
                columns=("name", "role", "active"),
            ),
            Related(
                title=_("Teams inside"), model="core.Team", field="parent",
                columns=("name", "manager"),
            ),
        ),
    ),
    ListView(model="core.Role", columns=("name", "code"), order="name"),
    FormView(
        model="core.Role",
        sections=(Section(title=_("Role"), fields=("name", "code", "second_factor")),),
        related=(
            Related(
                title=_("People"), model="core.User", field="role", columns=("name", "team")
            ),
        ),
    ),
)  # fmt: skip
