"""How cases move on."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.workflow import Transition, Workflow
from plugins.service.services import flow

CASES = Workflow(
    model="service.Case",
    field="state",
    guards=("opened_at", "answered_at", "solved_at"),
    transitions=(
        Transition(
            name="take", label=lazy_pgettext("case", "Take"), from_=("new",), to="open",
            apply=flow.take,
        ),
        Transition(
            name="answer", label=_("First answer given"), from_=("new", "open"),
            check=flow.check_answer, apply=flow.answer,
        ),
        Transition(
            name="wait", label=_("Wait for the customer"), from_=("new", "open"), to="waiting",
            apply=flow.wait,
        ),
        Transition(
            name="resume", label=_("The customer has replied"), from_=("waiting",), to="open",
            apply=flow.resume,
        ),
        Transition(
            name="solve", label=lazy_pgettext("case", "Solve"),
            from_=("new", "open", "waiting"), to="solved", inputs=("cause", "solution"),
            required=("solution",), apply=flow.solve, tone="good",
        ),
        Transition(
            name="close", label=lazy_pgettext("case", "Close"), from_=("solved",), to="closed",
            apply=flow.close,
        ),
        Transition(
            name="reopen", label=_("Reopen"), from_=("solved", "closed"), to="open",
            inputs=("reopen_reason",), required=("reopen_reason",), apply=flow.reopen,
            tone="bad",
        ),
    ),
)  # fmt: skip

WORKFLOWS = (CASES,)
