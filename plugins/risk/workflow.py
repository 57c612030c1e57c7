"""How risks, responses and actions move on."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.workflow import Transition, Workflow
from plugins.risk.services import actions, register, responses

RISKS = Workflow(
    model="risk.Risk",
    field="state",
    transitions=(
        Transition(
            name="confirm", label=lazy_pgettext("risk", "Take into the register"),
            from_=("proposed",), to="open", inputs=("owner", "review_on"),
            check=register.check_confirm, tone="good",
        ),
        Transition(
            name="dismiss", label=lazy_pgettext("risk", "Dismiss"), from_=("proposed",),
            to="dismissed", inputs=("reason",), required=("reason",),
            check=register.check_reason, apply=register.close, tone="bad",
        ),
        Transition(
            name="review", label=lazy_pgettext("risk", "Note the review"), from_=("open",),
            to="open", inputs=("review_on", "reason"), required=("review_on",),
            check=register.check_review, apply=register.review,
        ),
        Transition(
            name="close", label=lazy_pgettext("risk", "Close"), from_=("open",), to="closed",
            inputs=("reason",), required=("reason",), check=register.check_reason,
            apply=register.close,
        ),
        Transition(
            name="reopen", label=_("Reopen"), from_=("dismissed", "closed"), to="open",
            apply=register.reopen,
        ),
    ),
)  # fmt: skip

RESPONSES = Workflow(
    model="risk.Response",
    field="state",
    transitions=(
        Transition(
            name="start", label=lazy_pgettext("response", "Put in force"), from_=("planned",),
            to="running", check=responses.check_start, tone="good",
            offered=lambda response: response.strategy != "accept",
        ),
        Transition(
            name="approve", label=lazy_pgettext("response", "Accept the risk"),
            from_=("planned",), to="running", check=responses.check_approve,
            apply=responses.approve, tone="warn", offered=responses.may_approve,
        ),
        Transition(
            name="finish", label=lazy_pgettext("response", "Carried out"), from_=("running",),
            to="done", inputs=("outcome",), required=("outcome",), tone="good",
        ),
        Transition(
            name="drop", label=lazy_pgettext("response", "Drop"), from_=("planned", "running"),
            to="dropped", inputs=("outcome",), required=("outcome",), tone="bad",
        ),
        Transition(
            name="expire", label=lazy_pgettext("response", "Expire"), from_=("running",),
            to="expired", check=responses.check_expire, button=False,
        ),
        Transition(
            name="plan_again", label=lazy_pgettext("response", "Plan again"),
            from_=("expired", "dropped"), to="planned", apply=responses.plan_again,
        ),
    ),
)  # fmt: skip

ACTIONS = Workflow(
    model="risk.Action",
    field="state",
    transitions=(
        Transition(
            name="done", label=_("Done"), from_=("todo",), to="done", apply=actions.done,
            tone="good",
        ),
        Transition(
            name="drop", label=lazy_pgettext("action", "Drop"), from_=("todo",), to="dropped",
            tone="bad",
        ),
        Transition(
            name="reopen", label=_("Reopen"), from_=("done", "dropped"), to="todo",
            apply=actions.reopen,
        ),
    ),
)  # fmt: skip

WORKFLOWS = (RISKS, RESPONSES, ACTIONS)
