"""Lists, forms, boards, calendars and menu entries of plans."""

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
from plugins.plans.access import READ, REPORT, STRATEGY

OF_STRATEGIES = (
    ListView(
        model="plans.Strategy",
        columns=("name", "state", "owner", "measure", "expected_change", "start", "review_on",
                 "verdict"),
        filters=("state", "owner", "measure", "review_on", "verdict"), order="-start",
    ),
    KanbanView(
        model="plans.Strategy", group_by="state", title="name", order="review_on",
        fields=("owner", "measure", "review_on", "verdict"), closed=("ended",),
    ),
    FormView(
        model="plans.Strategy",
        sections=(
            Section(
                title=_("Strategy"),
                fields=("name", "owner", "state", "hypothesis", "start", "review_on"),
            ),
            Section(
                title=_("How it shows"),
                fields=("measure", "expected_change", "compared_with", "baseline"),
            ),
            Section(
                title=lazy_pgettext("strategy", "What came of it"),
                fields=("verdict", "conclusion", "ended_on", "revision", "reason", "external_id"),
            ),
        ),
        related=(
            Related(
                title=_("What it is made of"), model="plans.Link", field="strategy",
                columns=("mix", "name", "about_model", "narrows", "note"),
            ),
            Related(
                title=_("Objectives"), model="plans.Objective", field="strategy",
                columns=("name", "owner", "end", "coverage", "covered", "state"),
            ),
            Related(
                title=_("Decisions"), model="plans.Decision", field="strategy",
                columns=("kind", "on", "by", "revision", "expected_change", "change",
                         "per_day_change", "verdict", "reason"),
            ),
        ),
    ),
    ListView(
        model="plans.Link",
        columns=("name", "strategy", "mix", "about_model", "narrows", "note"),
        filters=("strategy", "mix", "about_model"), order="strategy",
    ),
    ListView(
        model="plans.Decision",
        columns=("strategy", "kind", "on", "by", "revision", "change", "verdict", "reason"),
        filters=("strategy", "kind", "on", "verdict"), order="-at",
    ),
)  # fmt: skip

OF_OBJECTIVES = (
    ListView(
        model="plans.Objective",
        columns=("name", "strategy", "owner", "measure", "end", "goal_amount", "goal_quantity",
                 "gap", "expected", "coverage", "covered", "state"),
        filters=("state", "covered", "owner", "strategy", "end", "measure", "team"), order="end",
    ),
    KanbanView(
        model="plans.Objective", group_by="state", title="name", order="end",
        fields=("owner", "end", "coverage", "covered"), closed=("reached", "missed", "dropped"),
    ),
    FormView(
        model="plans.Objective",
        sections=(
            Section(
                title=_("Objective"),
                fields=("name", "strategy", "owner", "state", "measure", "whose", "team", "start",
                        "end"),
            ),
            Section(
                title=_("Goal"),
                fields=("target_id", "target", "goal_amount", "goal_quantity", "basis"),
            ),
            Section(
                title=_("How far the steps carry"),
                fields=("gap", "expected", "realised", "coverage", "covered", "counted_at"),
            ),
            Section(title=_("More"), fields=("details", "reason", "external_id")),
        ),
        related=(
            Related(
                title=lazy_pgettext("plan", "Steps"), model="plans.Step", field="objective",
                columns=("name", "owner", "start", "due", "state", "expected_amount",
                         "expected_quantity", "carried", "milestone"),
            ),
        ),
    ),
)  # fmt: skip

OF_STEPS = (
    ListView(
        model="plans.Step",
        columns=("name", "objective", "owner", "state", "start", "due", "promised", "carried",
                 "risk", "expected_amount", "budget", "spent"),
        filters=("state", "owner", "due", "objective", "risk", "milestone", "carried", "done_on",
                 "about_model"),
        order="due", totals=("expected_amount", "budget", "spent"),
    ),
    KanbanView(
        model="plans.Step", group_by="state", title="name", order="due",
        fields=("objective", "owner", "due", "carried", "risk"), total="expected_amount",
        closed=("done", "cancelled"),
    ),
    CalendarView(
        model="plans.Step", start="due", title="name", tone="state",
        fields=("owner", "objective"),
    ),
    ChartView(model="plans.Step", by="due__month", split="state"),
    PivotView(model="plans.Step", rows=("owner",), columns=("state",)),
    FormView(
        model="plans.Step",
        sections=(
            Section(
                title=lazy_pgettext("plan", "Step"),
                fields=("name", "objective", "owner", "state", "start", "due", "promised",
                        "done_on", "milestone", "risk"),
            ),
            Section(
                title=_("What it brings and costs"),
                fields=("expected_amount", "expected_quantity", "realised_amount",
                        "realised_quantity", "budget", "spent", "resources"),
            ),
            Section(title=_("About"), fields=("about_model", "about_id", "about", "details")),
            Section(
                title=_("Again, and carried over"),
                fields=("repeat", "repeat_until", "carried", "escalated_on", "reason",
                        "external_id"),
            ),
        ),
        related=(
            Related(
                title=_("Waits for"), model="plans.Dependency", field="step",
                columns=("before", "lag"),
            ),
            Related(
                title=_("What waits for it"), model="plans.Dependency", field="before",
                columns=("step", "lag"),
            ),
            Related(
                title=_("Carry-overs"), model="plans.CarryOver", field="step",
                columns=("on", "from_due", "to_due", "by", "reason"),
            ),
        ),
    ),
    ListView(
        model="plans.Dependency", columns=("step", "before", "lag"), filters=("step", "before"),
        order="step",
    ),
    ListView(
        model="plans.CarryOver",
        columns=("step", "owner", "on", "from_due", "to_due", "periods", "by", "reason"),
        filters=("owner", "on", "step"), order="-on",
    ),
    PivotView(model="plans.CarryOver", rows=("owner",), columns=("on__month",)),
)  # fmt: skip

OF_TEMPLATES = (
    ListView(
        model="plans.Template", columns=("name", "description", "archived"),
        filters=("archived",), order="name",
    ),
    FormView(
        model="plans.Template",
        sections=(
            Section(
                title=_("Template of a plan"), fields=("name", "description", "archived")
            ),
        ),
        related=(
            Related(
                title=lazy_pgettext("plan", "Steps"), model="plans.TemplateStep",
                field="template",
                columns=("name", "start_day", "due_day", "who", "role", "after", "share",
                         "milestone"),
            ),
        ),
    ),
    ListView(
        model="plans.TemplateStep",
        columns=("template", "name", "start_day", "due_day", "who", "share"),
        filters=("template", "who"), order="start_day",
    ),
)  # fmt: skip

OF_REPORTS = (
    ListView(
        model="plans.Report",
        columns=("name", "kind", "owner", "state", "timing", "due_on", "submitted_at", "read_by"),
        filters=("kind", "state", "owner", "timing", "start"), order="-start",
    ),
    KanbanView(
        model="plans.Report", group_by="state", title="name", order="-start",
        fields=("owner", "kind", "timing"), closed=("read",),
    ),
    PivotView(model="plans.Report", rows=("owner",), columns=("timing",)),
    FormView(
        model="plans.Report",
        sections=(
            Section(
                title=_("Plan report"),
                fields=("name", "kind", "owner", "start", "end", "due_on", "state", "timing",
                        "submitted_at"),
            ),
            Section(title=_("Remarks"), fields=("good", "bad", "following")),
            Section(title=_("Read and commented"), fields=("comment", "read_by", "read_at")),
        ),
    ),
)  # fmt: skip

VIEWS = (*OF_STRATEGIES, *OF_OBJECTIVES, *OF_STEPS, *OF_TEMPLATES, *OF_REPORTS)

MENUS = (
    MenuItem(
        id="mine", label=_("My plan"), endpoint="plans.mine", permission=READ, order=10,
        icon="calendar-week",
    ),
    MenuItem(
        id="overview", label=lazy_pgettext("plan", "Plans on one page"), endpoint="plans.overview",
        permission=STRATEGY, order=20, icon="diagram-2",
    ),
    MenuItem(
        id="timeline", label=_("Timeline of plans"), endpoint="plans.timeline", permission=READ,
        order=30, icon="bar-chart-steps",
    ),
    MenuItem(
        id="strategies", label=_("Strategies"), model="plans.Strategy", order=40, icon="compass",
    ),
    MenuItem(
        id="objectives", label=_("Objectives"), model="plans.Objective", order=50, icon="flag",
    ),
    MenuItem(
        id="steps", label=lazy_pgettext("plan", "Steps"), model="plans.Step", view="kanban",
        order=60, icon="check2-square",
    ),
    MenuItem(
        id="reports", label=_("Plan reports"), endpoint="plans.reports", permission=REPORT,
        order=70, icon="journal-text",
    ),
    MenuItem(
        id="templates", label=_("Templates of plans"), model="plans.Template",
        permission="plans.Template.update", order=80, icon="files",
    ),
)  # fmt: skip
