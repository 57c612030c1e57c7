"""Lists, forms and menu entries of pay."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.menus import MenuItem
from plugin_api.views import FormView, KanbanView, ListView, PivotView, Related, Section
from plugins.incentives.access import PAY, READ

VIEWS = (
    ListView(
        model="incentives.Plan", columns=("name", "period", "active"), filters=("active", "period")
    ),
    FormView(
        model="incentives.Plan",
        sections=(Section(
            title=lazy_pgettext("pay", "Incentive plan"),
            fields=("name", "period", "active", "rate_of", "description"),
        ),),
        related=(
            Related(
                title=lazy_pgettext("pay", "Versions of plans"), model="incentives.Version",
                field="plan", columns=("name", "state", "valid_from", "valid_to", "cap"),
            ),
            Related(
                title=lazy_pgettext("pay", "Participants"), model="incentives.Participant",
                field="plan",
                columns=("user", "starts_on", "ends_on", "draw", "recovered", "ramp", "paid_in",
                         "acknowledged"),
            ),
        ),
    ),
    ListView(
        model="incentives.Version",
        columns=("name", "plan", "state", "valid_from", "valid_to", "cap", "carried"),
        filters=("plan", "state", "valid_from"), order="-valid_from",
    ),
    FormView(
        model="incentives.Version",
        sections=(
            Section(
                title=lazy_pgettext("pay", "Version of a plan"),
                fields=("plan", "state", "valid_from", "valid_to", "reason"),
            ),
            Section(title=_("Limits"), fields=("cap", "carried", "by_calendar")),
            Section(
                title=lazy_pgettext("pay", "Rules in words"),
                fields=("terms",),
            ),
        ),
        related=(
            Related(
                title=lazy_pgettext("pay", "Components"), model="incentives.Component",
                field="plan_version",
                columns=("name", "measure", "credit", "basis", "rule", "rate", "each", "variable",
                         "quota"),
            ),
            Related(
                title=lazy_pgettext("effect", "Verdicts"), model="incentives.Verdict",
                field="plan_version",
                columns=("day", "measure", "said", "estimate", "low", "high", "by"),
            ),
        ),
    ),
    ListView(
        model="incentives.Verdict",
        columns=("day", "plan_version", "measure", "said", "estimate", "low", "high", "treated",
                 "control", "words"),
        filters=("said", "measure", "day", "plan_version"), order="-day",
    ),
    ListView(
        model="incentives.Component",
        columns=("name", "plan_version", "measure", "credit", "rule", "rate", "variable", "quota"),
        filters=("plan_version", "measure", "rule"),
    ),
    FormView(
        model="incentives.Component",
        sections=(
            Section(
                title=lazy_pgettext("pay", "Component"),
                fields=("name", "plan_version", "position"),
            ),
            Section(
                title=lazy_pgettext("pay", "What for"),
                fields=("measure", "credit", "only_by", "only", "basis", "each_by",
                        "earned_over"),
            ),
            Section(
                title=lazy_pgettext("pay", "How much"),
                fields=("rule", "rate", "rated_by", "each", "budget", "variable", "quota",
                        "formula", "most_each"),
            ),
            Section(
                title=_("Second measure and condition"),
                fields=("second_measure", "second_quota", "least", "least_by"),
            ),
        ),
        related=(
            Related(
                title=lazy_pgettext("pay", "Steps"), model="incentives.Step", field="component",
                columns=("start", "second_start", "rate"),
            ),
            Related(
                title=lazy_pgettext("pay", "Table of rates"), model="incentives.Rate",
                field="component", columns=("name", "value", "rate"),
            ),
        ),
    ),
    ListView(
        model="incentives.Participant",
        columns=("user", "plan", "starts_on", "ends_on", "draw", "recovered", "ramp", "paid_in",
                 "acknowledged", "acknowledged_at"),
        filters=("plan", "user", "starts_on"),
    ),
    ListView(
        model="incentives.Statement",
        columns=("user", "plan", "start", "end", "state", "amount", "payout"),
        filters=("state", "plan", "user", "start", "payout"), order="-start",
        totals=("amount",),
    ),
    KanbanView(
        model="incentives.Statement", group_by="state", title="name", fields=("user", "amount"),
        total="amount", order="-start", closed=("paid",),
    ),
    PivotView(
        model="incentives.Statement", rows=("user",), columns=("start__month",),
        figure="amount__sum",
    ),
    FormView(
        model="incentives.Statement",
        sections=(
            Section(
                title=lazy_pgettext("pay", "Statement of pay"),
                fields=("user", "plan", "start", "end", "state", "amount", "payout"),
            ),
            Section(
                title=_("In another currency"),
                fields=("pay_currency", "pay_amount", "pay_rate", "rate_on"),
            ),
        ),
        related=(
            Related(
                title=lazy_pgettext("pay", "Entries of pay"), model="incentives.Entry",
                field="statement",
                columns=("posted_on", "start", "kind", "text", "whole", "amount"),
            ),
            Related(
                title=lazy_pgettext("pay", "Disputes"), model="incentives.Dispute",
                field="statement", columns=("name", "state", "due_on", "answer"),
            ),
        ),
    ),
    ListView(
        model="incentives.Entry",
        columns=("posted_on", "user", "plan", "start", "kind", "text", "whole", "amount"),
        filters=("user", "plan", "start", "kind", "posted_on", "component"), order="-posted_on",
        totals=("amount",),
    ),
    ListView(
        model="incentives.Adjustment",
        columns=("user", "plan", "day", "amount", "reason", "state", "asked", "decided"),
        filters=("state", "user", "plan", "day"), order="-day",
    ),
    ListView(
        model="incentives.Dispute",
        columns=("name", "statement", "user", "state", "due_on", "answered_on"),
        filters=("state", "user", "due_on"), order="due_on",
    ),
    FormView(
        model="incentives.Dispute",
        sections=(
            Section(
                title=lazy_pgettext("pay", "Dispute"),
                fields=("name", "statement", "user", "state", "due_on", "note"),
            ),
            Section(title=lazy_pgettext("dispute", "Answer"), fields=("answer", "answered_on")),
        ),
    ),
    ListView(
        model="incentives.Payout", columns=("name", "state", "paid_on", "people", "amount"),
        filters=("state", "paid_on"), order="-id",
    ),
    FormView(
        model="incentives.Payout",
        sections=(Section(
            title=lazy_pgettext("pay", "Payout"),
            fields=("name", "state", "paid_on", "people", "amount"),
        ),),
        related=(
            Related(
                title=lazy_pgettext("pay", "Statements of pay"), model="incentives.Statement",
                field="payout", columns=("user", "plan", "start", "end", "state", "amount"),
            ),
        ),
    ),
)  # fmt: skip

MENUS = (
    MenuItem(
        id="mine", label=_("My pay"), endpoint="incentives.mine", permission=READ, order=10,
        icon="cash-coin",
    ),
    MenuItem(
        id="statements", label=lazy_pgettext("pay", "Statements of pay"),
        model="incentives.Statement", order=20, icon="receipt",
    ),
    MenuItem(
        id="disputes", label=lazy_pgettext("pay", "Disputes"), model="incentives.Dispute",
        order=30, icon="chat-left-text",
    ),
    MenuItem(
        id="plans", label=lazy_pgettext("pay", "Incentive plans"), model="incentives.Plan",
        permission="incentives.Version.read", order=40, icon="sliders",
    ),
    MenuItem(
        id="adjustments", label=lazy_pgettext("pay", "Adjustments"),
        model="incentives.Adjustment", permission="incentives.Adjustment.create", order=50,
        icon="plus-slash-minus",
    ),
    MenuItem(
        id="fairness", label=_("Fairness of pay"), endpoint="incentives.fairness",
        permission="incentives.Payout.read", order=70, icon="sliders",
    ),
    MenuItem(
        id="payouts", label=lazy_pgettext("pay", "Payouts"), model="incentives.Payout", order=60,
        icon="bank",
    ),
    MenuItem(
        id="reconcile", label=_("Reconcile pay"), endpoint="incentives.reconcile", permission=PAY,
        order=70, icon="check2-square",
    ),
)  # fmt: skip
