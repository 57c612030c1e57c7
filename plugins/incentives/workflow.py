"""How plans come into force, and how pay is approved and paid. A company that uses approvals has
any of these moves wait until others agree."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.workflow import Transition, Workflow
from plugins.incentives.services import flow

VERSIONS = Workflow(
    model="incentives.Version", field="state",
    transitions=(
        Transition(
            name="publish", label=lazy_pgettext("plan", "Put in force"), from_=("draft",),
            to="published", check=flow.check_publish, apply=flow.publish, tone="good",
        ),
        Transition(
            name="again", label=lazy_pgettext("plan", "Make another version"),
            from_=("published", "ended"), inputs=("reason",),
            permission="incentives.Version.create", apply=flow.again,
        ),
        Transition(
            name="end", label=lazy_pgettext("plan", "End"), from_=("published",), to="ended",
            inputs=("valid_to",), check=flow.check_end,
        ),
    ),
)  # fmt: skip

STATEMENTS = Workflow(
    model="incentives.Statement", field="state", guards=("payout",),
    transitions=(
        Transition(
            name="approve", label=lazy_pgettext("statement", "Approve"), from_=("open",),
            to="approved", check=flow.check_approve, apply=flow.approved, tone="good",
        ),
        Transition(
            name="reopen", label=lazy_pgettext("statement", "Open again"), from_=("approved",),
            to="open", check=flow.check_reopen, apply=flow.reopened,
        ),
        Transition(
            name="pay", label=lazy_pgettext("statement", "Paid"), from_=("approved",), to="paid",
            check=flow.check_paid, button=False,
        ),
    ),
)  # fmt: skip

PAYOUTS = Workflow(
    model="incentives.Payout", field="state",
    transitions=(
        Transition(
            name="gather", label=_("Gather approved statements"), from_=("draft",),
            apply=flow.gather,
        ),
        Transition(
            name="release", label=_("Let statements go"), from_=("draft",), apply=flow.release
        ),
        Transition(
            name="pay", label=lazy_pgettext("payout", "Pay"), from_=("draft",), to="paid",
            inputs=("paid_on",), check=flow.check_pay, apply=flow.pay, tone="good",
        ),
    ),
)  # fmt: skip

ADJUSTMENTS = Workflow(
    model="incentives.Adjustment", field="state",
    transitions=(
        Transition(
            name="approve", label=lazy_pgettext("adjustment", "Approve"), from_=("asked",),
            to="approved", check=flow.check_decide, apply=flow.approve, tone="good",
        ),
        Transition(
            name="refuse", label=lazy_pgettext("adjustment", "Refuse"), from_=("asked",),
            to="refused", check=flow.check_decide, apply=flow.refuse, tone="bad",
        ),
    ),
)  # fmt: skip

DISPUTES = Workflow(
    model="incentives.Dispute", field="state", guards=("answer",),
    transitions=(
        Transition(
            name="accept", label=lazy_pgettext("dispute", "Accept"), from_=("open",),
            to="accepted", inputs=("answer",), required=("answer",), check=flow.check_answer,
            apply=flow.answered, tone="good",
        ),
        Transition(
            name="reject", label=lazy_pgettext("dispute", "Reject"), from_=("open",),
            to="rejected", inputs=("answer",), required=("answer",), check=flow.check_answer,
            apply=flow.answered, tone="bad",
        ),
    ),
)  # fmt: skip

WORKFLOWS = (VERSIONS, STATEMENTS, PAYOUTS, ADJUSTMENTS, DISPUTES)
