"""Pipelines, stages and reasons."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.views import FormView, ListView, Related, Section

VIEWS = (
    ListView(
        model="crm.Pipeline",
        columns=("name", "is_default", "active", "position"),
        filters=("active",),
        order="position",
    ),
    FormView(
        model="crm.Pipeline",
        sections=(
            Section(
                title=_("Pipeline"),
                fields=("name", "is_default", "active", "position", "description", "external_id"),
            ),
        ),
        related=(
            Related(
                title=_("Stages"),
                model="crm.Stage",
                field="pipeline",
                columns=("name", "position", "outcome", "probability", "required_fields",
                         "rot_days"),
            ),
        ),
    ),
    ListView(
        model="crm.Stage",
        columns=("name", "pipeline", "position", "outcome", "probability", "required_fields",
                 "rot_days"),
        filters=("pipeline", "outcome"),
        order="position",
    ),
    FormView(
        model="crm.Stage",
        sections=(
            Section(
                title=_("Stage"),
                fields=("name", "pipeline", "position", "outcome", "probability", "description"),
            ),
            Section(
                title=_("Rules"), fields=("required_fields", "rot_days", "external_id")
            ),
        ),
    ),
    ListView(
        model="crm.WinReason",
        columns=("name", "position", "active"),
        filters=("active",),
        order="position",
    ),
    ListView(
        model="crm.LossReason",
        columns=("name", "position", "active"),
        filters=("active",),
        order="position",
    ),
)  # fmt: skip
