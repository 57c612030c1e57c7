"""Gradings, where accounts stand, and what each grade gets."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.views import ChartView, FormView, ListView, PivotView, Related, Section

VIEWS = (
    ListView(
        model="segments.Standing",
        columns=("account", "grade", "since", "computed", "value", "override", "grading"),
        filters=("grade", "computed", "grading", "since", "override"),
        order="-value",
    ),
    ChartView(model="segments.Standing", by="grade"),
    PivotView(model="segments.Standing", rows=("grade",), columns=("computed",)),
    FormView(
        model="segments.Standing",
        sections=(
            Section(
                title=_("Grade"),
                fields=("account", "grade", "since", "computed", "value", "override", "grading"),
            ),
        ),
    ),
    ListView(
        model="segments.GradeChange",
        columns=("account", "on", "from_grade", "to_grade", "kind", "value", "by", "reason"),
        filters=("kind", "from_grade", "to_grade", "on", "account"),
        order="-on",
    ),
    ChartView(model="segments.GradeChange", by="on__month", split="to_grade"),
    PivotView(model="segments.GradeChange", rows=("from_grade",), columns=("to_grade",)),
    ListView(
        model="segments.Override",
        columns=("account", "grade", "state", "until", "reason", "asked_by", "decided_by"),
        filters=("state", "grade", "until", "asked_by", "account"),
        order="-until",
    ),
    FormView(
        model="segments.Override",
        sections=(
            Section(
                title=lazy_pgettext("override", "Request"),
                fields=("account", "grade", "until", "reason", "asked_by"),
            ),
            Section(
                title=lazy_pgettext("override", "Decision"),
                fields=("state", "answer", "decided_by", "decided_at", "before"),
            ),
        ),
    ),
    ListView(
        model="segments.Grading",
        columns=("name", "measure", "days", "a_share", "b_share", "slack", "nightly", "ran_on",
                 "position"),
        filters=("active", "nightly"),
        order="position",
    ),
    FormView(
        model="segments.Grading",
        sections=(
            Section(
                title=_("Grading"),
                fields=("name", "position", "active", "nightly", "condition"),
            ),
            Section(title=_("By what"), fields=("measure", "days")),
            Section(
                title=_("Limits"), fields=("a_share", "b_share", "c_share", "slack", "without"),
            ),
        ),
        related=(
            Related(
                title=_("Graded accounts"), model="segments.Standing", field="grading",
                columns=("account", "grade", "since", "computed", "value"),
            ),
        ),
    ),
    ListView(
        model="segments.Policy",
        columns=("grade", "name", "contact_days", "owner_level", "price_list", "answer_hours"),
        filters=("grade", "owner_level"),
        order="grade",
    ),
    FormView(
        model="segments.Policy",
        sections=(
            Section(
                title=_("Policy for a grade"),
                fields=("grade", "name", "contact_days", "owner_level", "price_list",
                        "answer_hours", "care"),
            ),
        ),
    ),
)  # fmt: skip
