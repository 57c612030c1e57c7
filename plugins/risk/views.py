"""The register and what belongs to it, and the side menu."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.menus import MenuItem
from plugin_api.views import (
    CalendarView,
    ChartView,
    FormView,
    KanbanView,
    ListView,
    PivotView,
    Related,
    Section,
)
from plugins.risk.access import DETECT, READ, REPORT
from plugins.risk.part_views import PARTS
from plugins.risk.services.assessing import FIELDS

RISK = "risk.Risk"

VIEWS = (
    ListView(
        model=RISK,
        columns=("name", "category", "band", "score", "impact", "expected_loss", "over_appetite",
                 "owner", "state", "review_on"),
        filters=("state", "category", "band", "over_appetite", "owner", "review_on", "likelihood",
                 "impact", "velocity", "score", "expected_loss", "identified_on",
                 "inherent_likelihood", "inherent_impact", "current_likelihood", "current_impact",
                 "residual_likelihood", "residual_impact"),
        order="-priority", totals=("expected_loss",),
    ),
    KanbanView(
        model=RISK, group_by="state", title="name", order="-priority",
        fields=("category", "band", "owner", "review_on"), closed=("dismissed", "closed"),
    ),
    CalendarView(model=RISK, start="review_on", title="name", tone="band", fields=("owner",)),
    ChartView(model=RISK, by="category", split="band"),
    PivotView(model=RISK, rows=("category",), columns=("band",)),
    FormView(
        model=RISK,
        sections=(
            Section(
                title=lazy_pgettext("register", "Risk"),
                fields=("name", "category", "owner", "cause", "event", "effect", "velocity",
                        "identified_on", "review_on", "about_model", "about_id", "about", "found",
                        "external_id"),
            ),
            Section(
                title=lazy_pgettext("risk", "Where it stands"),
                fields=("band", "score", "expected_loss", "over_appetite", "priority",
                        "reviewed_on", "closed_on", "reason"),
            ),
            Section(
                title=_("Inherent: without controls"),
                fields=(*FIELDS["inherent"], "inherent_score", "inherent_expected"),
            ),
            Section(
                title=_("Current: with the controls that operate"),
                fields=(*FIELDS["current"], "current_score", "current_expected"),
            ),
            Section(
                title=_("Residual: once what is planned is in place"),
                fields=(*FIELDS["residual"], "residual_score", "residual_expected"),
            ),
        ),
        related=(
            Related(
                title=lazy_pgettext("risk", "Controls"), model="risk.Control", field="risk",
                columns=("name", "kind", "state", "effectiveness", "cost", "owner", "test_on"),
            ),
            Related(
                title=_("Controls made for other risks"), model="risk.Cover", field="risk",
                columns=("control",),
            ),
            Related(
                title=lazy_pgettext("risk", "Responses"), model="risk.Response", field="risk",
                columns=("name", "strategy", "state", "owner", "counterparty", "approver",
                         "expires_on", "due"),
            ),
            Related(
                title=lazy_pgettext("risk", "Actions"), model="risk.Action", field="risk",
                columns=("name", "owner", "due", "state"),
            ),
            Related(
                title=_("Incidents"), model="risk.Incident", field="risk",
                columns=("name", "on", "loss", "near_miss"),
            ),
            Related(
                title=_("Risk indicators"), model="risk.Indicator", field="risk",
                columns=("name", "measure", "value", "standing", "measured_on"),
            ),
            Related(
                title=lazy_pgettext("risk", "Scores over time"), model="risk.Score",
                field="risk",
                columns=("level", "on", "likelihood", "impact", "score", "expected_loss", "by",
                         "reason"),
            ),
        ),
    ),
    *PARTS,
)  # fmt: skip

MENUS = (
    MenuItem(
        id="map", label=_("Risk map"), endpoint="risk.heat", permission=READ, order=10,
        icon="grid-3x3",
    ),
    MenuItem(
        id="risks", label=_("Risk register"), model=RISK, order=20, icon="shield-exclamation",
    ),
    MenuItem(
        id="actions", label=_("Actions on risks"), model="risk.Action", order=30,
        icon="check2-square",
    ),
    MenuItem(
        id="responses", label=_("Responses to risks"), model="risk.Response", order=35,
        icon="reply",
    ),
    MenuItem(
        id="controls", label=lazy_pgettext("risk", "Controls"), model="risk.Control", order=40,
        icon="sliders",
    ),
    MenuItem(
        id="indicators", label=_("Risk indicators"), model="risk.Indicator", order=50,
        icon="speedometer2",
    ),
    MenuItem(id="incidents", label=_("Incidents"), model="risk.Incident", order=60, icon="fire"),
    MenuItem(
        id="detection", label=_("Look for risks"), endpoint="risk.detection", permission=DETECT,
        order=70, icon="binoculars",
    ),
    MenuItem(
        id="simulation", label=_("Simulation of losses"), endpoint="risk.simulation",
        permission=REPORT, order=75, icon="dice-5",
    ),
    MenuItem(
        id="rules", label=_("Detection rules"), model="risk.Rule",
        permission="risk.Rule.update", order=80, icon="gear",
    ),
    MenuItem(
        id="appetites", label=lazy_pgettext("risk", "Appetites"), model="risk.Appetite",
        permission="risk.Appetite.update", order=85, icon="rulers",
    ),
)  # fmt: skip
