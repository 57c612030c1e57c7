"""How strategies, objectives, steps and reports move on."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.workflow import Transition, Workflow
from plugins.plans.access import REVIEW
from plugins.plans.models.steps import OPEN
from plugins.plans.services import carrying, objectives, reports, steps, strategies

STRATEGIES = Workflow(
    model="plans.Strategy",
    field="state",
    guards=("verdict", "conclusion", "reason"),
    transitions=(
        Transition(
            name="start", label=lazy_pgettext("plan", "Begin"), from_=("draft",), to="running",
            check=strategies.check_start, apply=strategies.start, tone="good",
        ),
        Transition(
            name="revise", label=lazy_pgettext("plan", "Revise"), from_=("running",), to="running",
            inputs=("hypothesis", "expected_change", "review_on", "reason"), required=("reason",),
            check=strategies.check_revise, apply=strategies.revise,
        ),
        Transition(
            name="review", label=_("Write the review"), from_=("running",), to="running",
            inputs=("verdict", "conclusion", "review_on"), required=("verdict", "conclusion"),
            check=strategies.check_review, apply=strategies.review,
        ),
        Transition(
            name="end", label=_("Review and end"), from_=("running",), to="ended",
            inputs=("verdict", "conclusion"), required=("verdict", "conclusion"),
            apply=strategies.end, tone="bad",
        ),
        Transition(
            name="reopen", label=_("Back to draft"), from_=("ended",), to="draft",
        ),
    ),
)  # fmt: skip

OBJECTIVES = Workflow(
    model="plans.Objective",
    field="state",
    guards=("reason",),
    transitions=(
        Transition(
            name="start", label=lazy_pgettext("plan", "Begin"), from_=("draft",), to="running",
            check=objectives.check_start, apply=objectives.start, tone="good",
        ),
        Transition(
            name="close", label=lazy_pgettext("plan", "Close"), from_=("running",),
            check=objectives.check_close, apply=objectives.close,
        ),
        Transition(
            name="drop", label=lazy_pgettext("plan", "Drop"), from_=("draft", "running"),
            to="dropped", inputs=("reason",), required=("reason",), tone="bad",
        ),
        Transition(
            name="reopen", label=_("Reopen"), from_=("reached", "missed", "dropped"),
            apply=objectives.reopen,
        ),
    ),
)  # fmt: skip

STEPS = Workflow(
    model="plans.Step",
    field="state",
    guards=("reason",),
    transitions=(
        Transition(
            name="begin", label=lazy_pgettext("plan", "Begin"), from_=("todo", "waiting"),
            to="doing", check=steps.check_free,
        ),
        Transition(
            name="wait", label=_("Wait for somebody"), from_=("todo", "doing"), to="waiting",
            inputs=("reason",),
        ),
        Transition(
            name="put_back", label=_("Not begun"), from_=("doing", "waiting"), to="todo",
            button=False,
        ),
        Transition(
            name="done", label=_("Done"), from_=OPEN, to="done",
            inputs=("done_on", "realised_amount", "realised_quantity", "spent"),
            check=steps.check_free, apply=steps.done, tone="good",
        ),
        Transition(
            name="replan", label=_("Put off"), from_=OPEN, inputs=("start", "due", "reason"),
            required=("due", "reason"), check=steps.check_replan, apply=steps.replan,
        ),
        Transition(
            name="carry", label=_("Carry over"), from_=OPEN, inputs=("reason",),
            check=carrying.check_carry, apply=carrying.carry,
        ),
        Transition(
            name="follow", label=_("Begin after what it waits for"), from_=OPEN,
            check=steps.check_after, apply=steps.after_what, button=False,
        ),
        Transition(
            name="cancel", label=lazy_pgettext("plan", "Drop"), from_=OPEN, to="cancelled",
            inputs=("reason",), required=("reason",), tone="bad",
        ),
        Transition(
            name="reopen", label=_("Reopen"), from_=("done", "cancelled"), to="todo",
            apply=steps.reopen,
        ),
    ),
)  # fmt: skip

REPORTS = Workflow(
    model="plans.Report",
    field="state",
    guards=("comment",),
    transitions=(
        Transition(
            name="submit", label=_("Submit"), from_=("draft",), to="submitted",
            inputs=("good", "bad", "following"), check=reports.check_submit, apply=reports.submit,
            tone="good",
        ),
        Transition(
            name="take_back", label=lazy_pgettext("plan", "Take back"), from_=("submitted",),
            to="draft", check=reports.check_submit, apply=reports.take_back,
        ),
        Transition(
            name="read", label=lazy_pgettext("report", "Mark as read"),
            from_=("submitted", "read"), to="read", inputs=("comment",), permission=REVIEW,
            check=reports.check_read, apply=reports.mark_read, tone="good",
        ),
    ),
)  # fmt: skip

WORKFLOWS = (STRATEGIES, OBJECTIVES, STEPS, REPORTS)
