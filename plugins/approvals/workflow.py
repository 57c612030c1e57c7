"""How requests and decisions move on."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.workflow import Transition, Workflow
from plugins.approvals.models.requests import DECISIONS as DECISION_STATES
from plugins.approvals.models.requests import STATES
from plugins.approvals.services import deciding

LABELS = {choice.value: choice.label for choice in (*DECISION_STATES, *STATES)}


def _by_code(name: str, to: str, *from_: str, ends: bool = False) -> Transition:
    return Transition(
        name=name, label=LABELS[to], from_=from_, to=to, button=False,
        check=deciding.check_by_code, apply=deciding.note_end if ends else None,
    )  # fmt: skip


REQUESTS = Workflow(
    model="approvals.Request",
    field="state",
    transitions=(
        Transition(
            name="recall",
            label=lazy_pgettext("approval", "Take back"),
            from_=("waiting", "approved"),
            to="recalled",
            check=deciding.check_recall,
        ),
        _by_code("approve", "approved", "waiting", ends=True),
        _by_code("refuse", "refused", "waiting", ends=True),
        _by_code("finish", "done", "approved"),
        _by_code("expire", "outdated", "waiting", "approved"),
    ),
    guards=("move", "about_id", "comment"),
    given=("move", "about_id", "comment"),
)

DECISIONS = Workflow(
    model="approvals.Decision",
    field="state",
    transitions=(
        Transition(
            name="approve",
            label=lazy_pgettext("approval", "Approve"),
            from_=("waiting",),
            to="approved",
            inputs=("comment",),
            check=deciding.check_decide,
            apply=deciding.decided,
            tone="good",
        ),
        Transition(
            name="refuse",
            label=lazy_pgettext("approval", "Refuse"),
            from_=("waiting",),
            to="refused",
            inputs=("comment",),
            required=("comment",),
            check=deciding.check_decide,
            apply=deciding.decided,
            tone="bad",
        ),
        Transition(
            name="pass_on",
            label=_("Pass on"),
            from_=("waiting",),
            to="passed",
            inputs=("to", "comment"),
            required=("to",),
            check=deciding.check_pass_on,
            apply=deciding.decided,
        ),
        _by_code("ask", "waiting", "later"),
        _by_code("drop", "dropped", "later", "waiting"),
    ),
    guards=("comment", "to"),
)

WORKFLOWS = (REQUESTS, DECISIONS)
