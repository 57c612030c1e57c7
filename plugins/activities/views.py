"""Lists, forms, the board by day, the calendar, and the side menu."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
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
from plugins.activities.access import CREATE, READ

ACTIVITY = "activities.Activity"

VIEWS = (
    ListView(
        model=ACTIVITY,
        columns=("subject", "kind", "about", "due", "start", "priority", "owner", "state"),
        filters=(
            "state", "kind", "owner", "due", "when", "priority", "outcome", "about_model",
            "done_on",
        ),
        order="-due",
    ),
    FormView(
        model=ACTIVITY,
        sections=(
            Section(
                title=_("What"),
                fields=("subject", "kind", "priority", "owner", "details", "location"),
            ),
            Section(title=_("When"), fields=("due", "start", "end", "remind")),
            Section(title=_("How it went"), fields=("state", "outcome", "done_at", "result")),
            Section(title=_("Repeats"), fields=("repeat", "repeat_until", "repeat_rule")),
            Section(
                title=_("About"), fields=("about", "about_model", "about_id", "stop", "external_id")
            ),
        ),
        related=(
            Related(
                title=_("Participants"), model="activities.Participant", field="activity",
                columns=("user", "optional"),
            ),
            Related(
                title=_("Answers"), model="activities.Answer", field="activity",
                columns=("question", "value"),
            ),
            Related(
                title=_("Check-ins and check-outs"), model="activities.Check", field="activity",
                columns=(
                    "way", "at", "user", "accuracy", "distance", "distance_accuracy", "without",
                ),
            ),
        ),
    ),
    KanbanView(
        model=ACTIVITY, group_by="when", title="subject",
        fields=("kind", "about", "due", "owner"), transition="put_off", order="due",
        closed=("closed",),
    ),
    CalendarView(
        model=ACTIVITY, start="due", title="subject", clock="start", tone="state",
        fields=("about",),
    ),
    ChartView(model=ACTIVITY, by="done_on__week", split="kind"),
    PivotView(model=ACTIVITY, rows=("owner",), columns=("kind",)),
    ListView(
        model="activities.Kind",
        columns=("name", "code", "icon", "is_contact", "is_visit", "position"),
        order="position",
    ),
    FormView(
        model="activities.Kind",
        sections=(
            Section(
                title=_("Kind"),
                fields=("name", "code", "icon", "is_contact", "is_visit", "position", "archived"),
            ),
        ),
        related=(
            Related(
                title=_("Questions"), model="activities.Question", field="kind",
                columns=("name", "answer", "required", "position"),
            ),
        ),
    ),
    ListView(
        model="activities.Question",
        columns=("name", "kind", "answer", "required", "position"),
        filters=("kind", "archived"), order="position",
    ),
    FormView(
        model="activities.Question",
        sections=(
            Section(
                title=_("Question"),
                fields=("kind", "name", "answer", "options", "required", "position", "archived"),
            ),
        ),
    ),
    FormView(
        model="activities.Plan",
        sections=(
            Section(title=_("Plan"), fields=("name", "about_model", "description", "archived")),
        ),
        related=(
            Related(
                title=_("Steps"), model="activities.PlanStep", field="plan",
                columns=("day", "work_days", "kind", "subject", "priority"),
            ),
        ),
    ),
    ListView(model="activities.Plan", columns=("name", "about_model"), order="name"),
    ListView(
        model="activities.PlanStep",
        columns=("plan", "day", "work_days", "kind", "subject"), filters=("plan",), order="day",
    ),
    ListView(
        model="activities.StepRule",
        columns=("name", "about_model", "condition", "refuses", "active"), order="name",
    ),
    ListView(
        model="activities.ContactRule",
        columns=("name", "about_model", "condition", "every_days", "active"), order="every_days",
    ),
)  # fmt: skip

MENUS = (
    MenuItem(
        id="activities", label=_("Activities"), model=ACTIVITY, order=10, icon="calendar-check"
    ),
    MenuItem(
        id="route", label=_("Visits of the day"), endpoint="activities.route", permission=READ,
        order=30, icon="geo-alt",
    ),
    MenuItem(
        id="followups", label=_("Follow-ups"), endpoint="activities.followups", permission=READ,
        order=40, icon="arrow-repeat",
    ),
    MenuItem(
        id="bring", label=_("Log a mail"), endpoint="activities.bring", permission=CREATE,
        order=50, icon="envelope-arrow-down",
    ),
    MenuItem(
        id="mine", label=_("Reminders and digest"), endpoint="activities.mine", permission=READ,
        order=60, icon="bell",
    ),
    MenuItem(
        id="plans", label=_("Plans"), model="activities.Plan",
        permission="activities.Plan.update", order=70, icon="list-check",
    ),
    MenuItem(
        id="kinds", label=_("Kinds"), model="activities.Kind",
        permission="activities.Kind.update", order=80, icon="tags",
    ),
    MenuItem(
        id="contact_rules", label=_("Follow-up rules"), model="activities.ContactRule",
        permission="activities.ContactRule.update", order=81, icon="stopwatch",
    ),
    MenuItem(
        id="step_rules", label=_("Next step rules"), model="activities.StepRule",
        permission="activities.StepRule.update", order=82, icon="signpost",
    ),
)  # fmt: skip
