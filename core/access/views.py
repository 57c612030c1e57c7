"""How absences are shown."""

from plugin_api.context import lazy_gettext as _
from plugin_api.views import FormView, ListView, Section, View

VIEWS: tuple[View, ...] = (
    ListView(
        model="core.Absence",
        columns=("user", "first_day", "last_day", "deputy", "note"),
        filters=("user", "deputy", "first_day"),
        order="-first_day",
    ),
    FormView(
        model="core.Absence",
        sections=(
            Section(
                title=_("Absence"),
                fields=("user", "first_day", "last_day", "deputy", "note"),
            ),
        ),
    ),
)
