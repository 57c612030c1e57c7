"""The sections of a model's form: those of its declaration, after them a company's own."""

from __future__ import annotations

from core.data.fields import fields_of
from core.views.declared import form_of
from plugin_api.context import gettext
from plugin_api.models import Base
from plugin_api.views import Section


def sections_of(model: type[Base]) -> tuple[Section, ...]:
    """Custom fields stand in the section that they name, or in one of their own."""
    declared = form_of(model).sections
    added: dict[str, list[str]] = {}
    for name, meta in fields_of(model).items():
        if meta.custom is not None:
            added.setdefault(meta.section, []).append(name)
    made = [
        Section(title=each.title, fields=(*each.fields, *added.pop(str(each.title), ())))
        for each in declared
    ]
    made += [
        Section(title=title or gettext("More about it"), fields=tuple(names))
        for title, names in added.items()
    ]
    return tuple(made)
