"""Lists and forms of what a company has added."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.views import FormView, ListView, Related, Section

VIEWS = (
    ListView(
        model="core.CustomField",
        columns=("label", "model", "kind", "name", "section", "required", "archived"),
        filters=("model", "kind", "archived"),
        order="model",
    ),
    FormView(
        model="core.CustomField",
        sections=(
            Section(
                title=_("Field"),
                fields=("model", "label", "name", "kind", "section", "position", "help"),
            ),
            Section(
                title=_("Rules"),
                fields=(
                    "required", "unique", "searchable", "indexed", "initial", "minimum", "maximum",
                    "scale", "archived",
                ),
            ),
            Section(title=_("For another record"), fields=("target", "on_delete")),
            Section(title=_("For money"), fields=("currency",)),
            Section(
                title=_("In other languages"),
                fields=("label_en", "label_zh", "help_en", "help_zh"),
            ),
        ),
        related=(
            Related(
                title=_("Values of a choice"), model="core.CustomOption", field="field",
                columns=("label", "value", "tone", "position", "retired"),
            ),
        ),
    ),
    ListView(
        model="core.CustomOption",
        columns=("field", "label", "value", "tone", "position", "retired"),
        filters=("field", "retired"),
        order="position",
    ),
    FormView(
        model="core.CustomOption",
        sections=(
            Section(
                title=_("Value"),
                fields=("field", "label", "value", "tone", "position", "retired"),
            ),
            Section(title=_("In other languages"), fields=("label_en", "label_zh")),
        ),
    ),
)  # fmt: skip
