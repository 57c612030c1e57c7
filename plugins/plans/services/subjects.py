"""What steps and strategies may be about."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.subjects import Subjects

_subjects = Subjects("plans", "targets", refused=_("Plans are not about records of this kind."))
choices, model_for, title = _subjects.choices, _subjects.model_for, _subjects.title
name_of, let_go = _subjects.name_of, _subjects.let_go_many


def label_of(key: str | None) -> str:
    """What records of a model are called; empty while its plugin is off."""
    model = model_for(key)
    return str(model.__label__) if model is not None else ""
