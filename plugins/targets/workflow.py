"""How targets are agreed, and cycles closed. A company that uses approvals has any of these moves
wait until others agree, by rules of its own."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.workflow import Transition, Workflow
from plugins.targets.access import ANSWER, CLOSE, CONFIRM, REOPEN, REVISE
from plugins.targets.services import agreeing, closing

TARGETS = Workflow(
    model="targets.Target",
    field="state",
    guards=("countered", "counter_reason", "revised", "revision_reason"),
    transitions=(
        Transition(
            name="propose", label=lazy_pgettext("target", "Propose"),
            from_=("draft", "accepted", "countered"), to="proposed", inputs=("note",),
            check=agreeing.check_propose, apply=agreeing.propose,
        ),
        Transition(
            name="accept", label=lazy_pgettext("target", "Accept"), from_=("proposed",),
            to="accepted", permission=ANSWER, check=agreeing.check_answer, apply=agreeing.accept,
            tone="good",
        ),
        Transition(
            name="counter", label=_("Counter-propose"), from_=("proposed", "accepted"),
            to="countered", permission=ANSWER, inputs=("countered", "counter_reason"),
            required=("countered", "counter_reason"), check=agreeing.check_counter,
            apply=agreeing.counter,
        ),
        Transition(
            name="agree", label=_("Agree to the counter-proposal"), from_=("countered",),
            to="confirmed", permission=CONFIRM, check=agreeing.check_agree, apply=agreeing.agree,
            tone="good",
        ),
        Transition(
            name="confirm", label=lazy_pgettext("target", "Confirm"),
            from_=("draft", "proposed", "accepted", "countered"), to="confirmed",
            permission=CONFIRM, inputs=("note",), check=agreeing.check_confirm,
            apply=agreeing.confirm, tone="good",
        ),
        Transition(
            name="withdraw", label=_("Back to draft"),
            from_=("proposed", "accepted", "countered"), to="draft", apply=agreeing.withdraw,
        ),
        Transition(
            name="lock", label=lazy_pgettext("target", "Lock"), from_=("confirmed",), to="locked",
            permission=CONFIRM,
        ),
        Transition(
            name="revise", label=lazy_pgettext("target", "Revise"),
            from_=("confirmed", "locked"), permission=REVISE,
            inputs=("revised", "revision_reason"), check=agreeing.check_revise,
            apply=agreeing.revise,
        ),
    ),
)  # fmt: skip

CYCLES = Workflow(
    model="targets.TargetCycle",
    field="state",
    guards=("closed_to", "reopen_reason"),
    transitions=(
        Transition(
            name="close", label=lazy_pgettext("cycle", "Close"), from_=("open",),
            permission=CLOSE, inputs=("closed_to",), check=closing.check, apply=closing.begin,
        ),
        Transition(
            name="finish", label=lazy_pgettext("cycle", "Closed by the job"), from_=("open",),
            permission=CLOSE, inputs=("closed_to",), check=closing.check_by_rule,
            apply=closing.finish, button=False,
        ),
        Transition(
            name="reopen", label=lazy_pgettext("cycle", "Reopen"), from_=("open", "closed"),
            permission=REOPEN, inputs=("reopen_reason",), check=closing.check_reopen,
            apply=closing.reopen, tone="bad",
        ),
    ),
)  # fmt: skip

WORKFLOWS = (TARGETS, CYCLES)
