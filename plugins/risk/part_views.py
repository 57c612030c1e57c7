"""Lists and forms of what belongs to risks."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.views import FormView, ListView, Related, Section

CONTROL, RESPONSE, ACTION = "risk.Control", "risk.Response", "risk.Action"
RULE, INDICATOR, INCIDENT = "risk.Rule", "risk.Indicator", "risk.Incident"

PARTS = (
    ListView(
        model=CONTROL,
        columns=("name", "risk", "kind", "state", "effectiveness", "tested_on", "test_on", "cost",
                 "owner"),
        filters=("state", "kind", "effectiveness", "owner", "test_on", "risk", "frequency"),
        order="test_on", totals=("cost",),
    ),
    FormView(
        model=CONTROL,
        sections=(
            Section(
                title=lazy_pgettext("risk", "Control"),
                fields=("name", "risk", "kind", "state", "owner", "frequency", "cost",
                        "description", "external_id"),
            ),
            Section(
                title=lazy_pgettext("control", "Effectiveness"),
                fields=("effectiveness", "tested_on", "test_on"),
            ),
        ),
        related=(
            Related(
                title=_("Further risks of controls"), model="risk.Cover", field="control",
                columns=("risk",),
            ),
            Related(
                title=_("Tests of controls"), model="risk.ControlTest", field="control",
                columns=("on", "by", "result", "finding"),
            ),
            Related(
                title=lazy_pgettext("risk", "Actions"), model=ACTION, field="control",
                columns=("name", "risk", "owner", "due", "state"),
            ),
        ),
    ),
    ListView(
        model="risk.ControlTest", columns=("control", "on", "by", "result", "finding"),
        filters=("result", "control", "on", "by"), order="-on",
    ),
    ListView(
        model=RESPONSE,
        columns=("name", "risk", "strategy", "state", "owner", "counterparty", "approver",
                 "expires_on", "due", "cost"),
        filters=("state", "strategy", "owner", "approver", "expires_on", "due", "risk"),
        order="due", totals=("cost",),
    ),
    FormView(
        model=RESPONSE,
        sections=(
            Section(
                title=lazy_pgettext("risk", "Response"),
                fields=("name", "risk", "strategy", "owner", "due", "cost", "external_id"),
            ),
            Section(
                title=_("What its way needs"),
                fields=("given_up", "counterparty", "approver", "expires_on", "approved_on"),
            ),
            Section(
                title=_("If it happens all the same"),
                fields=("trigger", "contingency", "outcome"),
            ),
        ),
        related=(
            Related(
                title=lazy_pgettext("risk", "Actions"), model=ACTION, field="response",
                columns=("name", "owner", "due", "state"),
            ),
        ),
    ),
    ListView(
        model=ACTION, columns=("name", "risk", "owner", "due", "state", "done_on"),
        filters=("state", "owner", "due", "risk", "response", "control"), order="due",
    ),
    FormView(
        model=ACTION,
        sections=(
            Section(
                title=lazy_pgettext("risk", "Action"),
                fields=("name", "risk", "response", "control", "owner", "due", "done_on",
                        "external_id"),
            ),
        ),
    ),
    ListView(
        model="risk.Score",
        columns=("risk", "level", "on", "likelihood", "impact", "score", "probability", "loss",
                 "expected_loss", "by", "reason"),
        filters=("level", "risk", "on", "by"), order="-at",
    ),
    ListView(
        model="risk.Appetite", columns=("category", "score", "loss", "note"),
        filters=("category",), order="category",
    ),
    ListView(
        model=RULE,
        columns=("name", "kind", "category", "days", "amount", "share", "count", "active"),
        filters=("kind", "category", "active"), order="name",
    ),
    FormView(
        model=RULE,
        sections=(
            Section(title=_("Detection rule"), fields=("name", "kind", "active")),
            Section(
                title=_("From when on it counts"),
                fields=("days", "amount", "share", "count", "measure", "side", "limit"),
            ),
            Section(
                title=_("What is proposed"),
                fields=("category", "likelihood", "impact", "owner"),
            ),
        ),
    ),
    ListView(
        model=INDICATOR,
        columns=("name", "measure", "value", "standing", "warn_at", "alarm_at", "side", "owner",
                 "risk", "measured_on"),
        filters=("standing", "owner", "measure", "risk", "active"), order="name",
    ),
    FormView(
        model=INDICATOR,
        sections=(
            Section(
                title=_("Risk indicator"),
                fields=("name", "measure", "days", "owner", "risk", "active"),
            ),
            Section(title=_("Thresholds"), fields=("side", "warn_at", "alarm_at")),
            Section(
                title=lazy_pgettext("indicator", "Standing"),
                fields=("value", "standing", "measured_on"),
            ),
        ),
        related=(
            Related(
                title=lazy_pgettext("indicator", "Readings"), model="risk.Reading",
                field="indicator", columns=("on", "value", "standing"),
            ),
        ),
    ),
    ListView(
        model="risk.Reading", columns=("indicator", "on", "value", "standing"),
        filters=("indicator", "on", "standing"), order="-on",
    ),
    ListView(
        model=INCIDENT, columns=("name", "on", "category", "risk", "loss", "near_miss", "owner"),
        filters=("category", "on", "risk", "owner", "near_miss"), order="-on", totals=("loss",),
    ),
    FormView(
        model=INCIDENT,
        sections=(
            Section(
                title=_("Incident"),
                fields=("name", "on", "category", "risk", "owner", "near_miss", "loss",
                        "external_id"),
            ),
            Section(title=lazy_pgettext("incident", "Afterwards"), fields=("cause", "lesson")),
        ),
    ),
)  # fmt: skip
