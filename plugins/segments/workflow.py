"""How an override of a grade is decided about, and ends."""

from __future__ import annotations

from plugin_api.context import lazy_pgettext
from plugin_api.workflow import Transition, Workflow
from plugins.segments.access import APPROVE
from plugins.segments.models.grades import STATES
from plugins.segments.services import overrides

LABELS = {choice.value: choice.label for choice in STATES}


OVERRIDES = Workflow(
    model="segments.Override",
    field="state",
    transitions=(
        Transition(
            name="approve", label=lazy_pgettext("override", "Approve"), from_=("asked",),
            to="approved", permission=APPROVE, inputs=("answer",), tone="good",
            check=overrides.check_approve, apply=overrides.approve,
            offered=overrides.may_decide,
        ),
        Transition(
            name="refuse", label=lazy_pgettext("override", "Refuse"), from_=("asked",),
            to="refused", permission=APPROVE, inputs=("answer",), required=("answer",),
            tone="bad", check=overrides.check_decide, apply=overrides.refuse,
            offered=overrides.may_decide,
        ),
        Transition(
            name="end", label=lazy_pgettext("override", "End"), from_=("approved",), to="ended",
            permission=APPROVE, inputs=("answer",), required=("answer",), apply=overrides.end,
        ),
        Transition(
            name="expire", label=LABELS["ended"], from_=("approved",), to="ended", button=False,
            check=overrides.check_by_code, apply=overrides.end,
        ),
        Transition(
            name="replace", label=LABELS["ended"], from_=("approved",), to="ended", button=False,
            check=overrides.check_by_code,
        ),
        Transition(
            name="lapse", label=LABELS["refused"], from_=("asked",), to="refused", button=False,
            check=overrides.check_by_code,
        ),
    ),
)  # fmt: skip

WORKFLOWS = (OVERRIDES,)
