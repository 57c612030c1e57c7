"""Reactions, observations, coaching and careers."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.views import ChartView, FormView, KanbanView, ListView, Related, Section

VIEWS = (
    ListView(
        model="training.Reaction",
        columns=("name", "user", "on", "overall", "useful", "taught", "comment"),
        filters=("course", "on", "overall"), order="-on",
    ),
    ListView(
        model="training.Observation",
        columns=("name", "user", "state", "due_on", "seen", "of", "uses", "observer"),
        filters=("state", "course", "user", "due_on", "uses"), order="due_on",
    ),
    FormView(
        model="training.Observation",
        sections=(
            Section(
                title=_("Observation at work"),
                fields=("user", "course", "enrolment", "state", "due_on", "points", "of"),
            ),
            Section(title=_("Points seen"), fields=("seen", "uses", "note", "done_on", "observer")),
        ),
    ),
    ListView(
        model="training.Coaching",
        columns=("name", "user", "coach", "kind", "state", "ends_on", "level_before", "level"),
        filters=("state", "kind", "user", "coach", "ends_on"), order="ends_on",
    ),
    KanbanView(
        model="training.Coaching", group_by="state", title="name",
        fields=("user", "coach", "ends_on"), closed=("dropped",),
    ),
    FormView(
        model="training.Coaching",
        sections=(
            Section(
                title=_("Coaching plan"),
                fields=("name", "kind", "user", "coach", "state", "starts_on", "ends_on",
                        "actions"),
            ),
            Section(title=_("Skill"), fields=("skill", "level", "level_before", "level_after")),
            Section(title=_("Figure"), fields=("measure", "goal", "before", "after")),
            Section(
                title=lazy_pgettext("coaching", "And"), fields=("course", "ended_on", "conclusion")
            ),
        ),
        related=(
            Related(
                title=_("Coaching talks"), model="training.Talk", field="coaching",
                columns=("on", "said", "agreed", "next_on"),
            ),
        ),
    ),
    ListView(
        model="training.Talk", columns=("coaching", "on", "agreed", "next_on"),
        filters=("coaching", "on", "next_on"), order="-on",
    ),
    ListView(
        model="training.Ladder", columns=("name", "active"), filters=("active",), order="name"
    ),
    FormView(
        model="training.Ladder",
        sections=(Section(title=_("Career ladder"), fields=("name", "active", "description")),),
        related=(
            Related(
                title=_("Levels of ladders"), model="training.Level", field="ladder",
                columns=("position", "name"),
            ),
            Related(
                title=_("Careers"), model="training.Career", field="ladder",
                columns=("user", "level", "since", "mentor"),
            ),
        ),
    ),
    ListView(
        model="training.Level", columns=("name", "ladder", "position"), filters=("ladder",),
        order="position",
    ),
    FormView(
        model="training.Level",
        sections=(
            Section(
                title=_("Level of a ladder"), fields=("ladder", "position", "name", "description")
            ),
        ),
        related=(
            Related(
                title=lazy_pgettext("career", "Criteria"), model="training.Criterion",
                field="level", columns=("name", "kind", "at_least"),
            ),
        ),
    ),
    ListView(
        model="training.Criterion", columns=("name", "level", "kind", "at_least", "months"),
        filters=("level", "kind"),
    ),
    FormView(
        model="training.Criterion",
        sections=(
            Section(
                title=lazy_pgettext("career", "Criterion"),
                fields=("level", "kind", "skill", "course", "measure", "at_least", "months"),
            ),
        ),
    ),
    ListView(
        model="training.Career",
        columns=("name", "user", "level", "since", "target", "mentor"),
        filters=("ladder", "user", "level", "mentor"), order="name",
    ),
    FormView(
        model="training.Career",
        sections=(
            Section(
                title=_("Career"),
                fields=("user", "ladder", "level", "since", "target", "mentor", "reason"),
            ),
        ),
        related=(
            Related(
                title=_("Career steps"), model="training.CareerChange", field="career",
                columns=("on", "name", "readiness", "reason", "by"),
            ),
        ),
    ),
    ChartView(model="training.Career", by="level"),
    ListView(
        model="training.CareerChange",
        columns=("name", "career", "on", "from", "to", "readiness", "by"),
        filters=("career", "on"), order="-on",
    ),
)  # fmt: skip
