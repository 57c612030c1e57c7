"""How contracts and obligations move on. A company that uses approvals has any of these moves
wait until others agree, by rules of its own."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.workflow import Transition, Workflow
from plugins.contracts.services import flow, obligations, ordering, renewals, versions

CONTRACTS = Workflow(
    model="contracts.Contract",
    field="state",
    guards=("signed_on", "termination_reason"),
    transitions=(
        Transition(
            name="release", label=lazy_pgettext("contract", "Release"), from_=("draft",),
            to="released", check=flow.check_release, tone="good",
        ),
        Transition(
            name="take_back", label=_("Back to draft"), from_=("released", "cancelled"), to="draft"
        ),
        Transition(
            name="sign", label=lazy_pgettext("contract", "Signed by both"), from_=("released",),
            to="signed", inputs=("signed_on",), check=flow.check_sign, apply=flow.sign,
            tone="good",
        ),
        Transition(
            name="amend", label=lazy_pgettext("contract", "Make a version"),
            from_=("signed", "active"), inputs=("change_reason",),
            permission="contracts.Contract.create", check=versions.check_amend,
            apply=versions.amend,
        ),
        Transition(
            name="renew", label=lazy_pgettext("contract", "Renew"), from_=("active", "expired"),
            permission="contracts.Contract.create", apply=renewals.renew,
        ),
        Transition(
            name="order", label=_("Plan payments of an order"), from_=("signed", "active"),
            inputs=("order_number",), check=ordering.check, apply=ordering.put,
        ),
        Transition(
            name="terminate", label=lazy_pgettext("contract", "Terminate"),
            from_=("signed", "active"), to="terminated", inputs=("termination_reason",),
            required=("termination_reason",), apply=flow.terminate, tone="bad",
        ),
        Transition(
            name="drop", label=lazy_pgettext("contract", "Drop"), from_=("draft", "released"),
            to="cancelled", tone="bad",
        ),
        Transition(
            name="activate", label=lazy_pgettext("contract", "Comes into force"),
            from_=("signed",), to="active", check=flow.check_by_rule, button=False,
        ),
        Transition(
            name="prolong", label=_("Goes on by itself"), from_=("active",),
            check=flow.check_by_rule, apply=flow.prolong, button=False,
        ),
        Transition(
            name="expire", label=lazy_pgettext("contract", "Expires"), from_=("active",),
            to="expired", check=flow.check_by_rule, apply=flow.end, button=False,
        ),
        Transition(
            name="end_renewed", label=_("Ends, renewed"), from_=("active", "expired"),
            to="renewed", check=flow.check_by_rule, apply=flow.end, button=False,
        ),
        Transition(
            name="replace", label=_("Replaced by a version"), from_=("signed", "active"),
            to="replaced", check=flow.check_by_rule, button=False,
        ),
    ),
)  # fmt: skip

OBLIGATIONS = Workflow(
    model="contracts.Obligation",
    field="state",
    guards=("done_on",),
    transitions=(
        Transition(
            name="done", label=lazy_pgettext("obligation", "Fulfilled"), from_=("open",),
            to="done", inputs=("done_on",), check=obligations.check_done, apply=obligations.done,
            tone="good",
        ),
        Transition(
            name="waive", label=lazy_pgettext("obligation", "Waive"), from_=("open",), to="waived"
        ),
        Transition(
            name="reopen", label=_("Reopen"), from_=("done", "waived"), to="open",
            apply=obligations.reopen,
        ),
    ),
)  # fmt: skip

WORKFLOWS = (CONTRACTS, OBLIGATIONS)
