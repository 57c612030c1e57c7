"""How enrolments move on."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.workflow import Transition, Workflow
from plugins.training.access import TEACH
from plugins.training.services import flow


def _by_code(name: str, label: object, to: str, *from_: str) -> Transition:
    return Transition(
        name=name, label=label, from_=from_, to=to, button=False, check=flow.check_by_code,
        apply=flow.APPLY[name],
    )  # fmt: skip


ENROLMENTS = Workflow(
    model="training.Enrolment",
    field="state",
    transitions=(
        _by_code("start", lazy_pgettext("course", "Begin"), "started", "assigned"),
        _by_code(
            "complete", lazy_pgettext("course", "Complete"), "completed", "assigned", "started"
        ),
        _by_code("fail", _("Not passed"), "failed", "assigned", "started"),
        Transition(
            name="allow", label=_("Allow another attempt"), from_=("failed",), to="started",
            permission=TEACH, check=flow.check_allow, apply=flow.allow,
        ),
        Transition(
            name="cancel", label=lazy_pgettext("course", "Cancel"), from_=("assigned", "started"),
            to="cancelled", inputs=("reason",), required=("reason",), tone="bad",
            apply=flow.cancel,
        ),
    ),
)  # fmt: skip

WORKFLOWS = (ENROLMENTS,)
