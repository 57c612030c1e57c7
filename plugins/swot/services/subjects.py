"""What analyses are about, and what items are shown by."""

from __future__ import annotations

from plugin_api import host
from plugin_api.context import lazy_gettext as _
from plugin_api.subjects import Subjects

_subjects = Subjects(
    "swot",
    # Territories belong to teams.
    besides=("core.Team",),
    refused=_("Analyses are not about records of this kind."),
)
choices, model_for, name_of = _subjects.choices, _subjects.model_for, _subjects.name_of
let_go = _subjects.let_go_many


def href_of(key: str | None, record_id: int | None) -> str:
    """Where a record is; empty for none, and for one that the actor may not see. One statement."""
    if key is None or record_id is None or _subjects.title(key, record_id) is None:
        return ""
    return host().record_url(key, record_id)
