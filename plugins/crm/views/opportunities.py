"""Opportunities as a board by stage, a calendar, a list and a form, and their parts."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.views import (
    CalendarView,
    ChartView,
    FormView,
    KanbanView,
    ListView,
    PivotView,
    Related,
    Section,
)

VIEWS = (
    KanbanView(
        model="crm.Opportunity",
        group_by="stage",
        title="name",
        fields=("account", "amount", "expected_close", "owner"),
        # In the company's currency, so that amounts of several are one sum.
        total="amount_company",
        transition="move",
        parent="pipeline",
        closed=("won", "lost"),
    ),
    CalendarView(
        model="crm.Opportunity",
        start="expected_close",
        title="name",
        tone="outcome",
        fields=("amount", "owner"),
    ),
    ChartView(
        model="crm.Opportunity", by="stage", split="outcome", figure="amount_company__sum"
    ),
    PivotView(
        model="crm.Opportunity",
        rows=("owner",),
        columns=("outcome",),
        figure="amount_company__sum",
    ),
    ListView(
        model="crm.Opportunity",
        columns=(
            "name", "account", "stage", "owner", "amount", "weighted_amount", "expected_close",
            "outcome",
        ),
        filters=(
            "outcome", "pipeline", "stage", "owner", "account", "product", "source",
            "loss_reason", "created_on", "expected_close", "closed_on", "stalls_on", "archived",
        ),
        order="-created_on",
        totals=("amount", "weighted_amount"),
    ),
    FormView(
        model="crm.Opportunity",
        sections=(
            Section(
                title=_("Opportunity"),
                fields=("name", "account", "contact", "product", "owner", "source"),
            ),
            Section(
                title=_("Where it stands"),
                fields=(
                    "pipeline", "stage", "probability", "expected_close", "next_step",
                    "stage_since", "stalls_on", "pushes",
                ),
            ),
            Section(
                title=_("What it is worth"),
                fields=("amount", "currency", "amount_company", "weighted_amount", "rate",
                        "rate_on"),
            ),
            Section(
                title=_("How it ended"),
                fields=("closed_on", "win_reason", "loss_reason", "competitor", "closed_from",
                        "cycle_days"),
            ),
            Section(
                title=_("More"),
                fields=("created_on", "description", "archived", "external_id"),
            ),
        ),
        related=(
            Related(
                title=_("Lines"),
                model="crm.OpportunityLine",
                field="opportunity",
                columns=("product", "description", "quantity", "price", "discount", "amount"),
            ),
            Related(
                title=_("Contact roles"),
                model="crm.OpportunityContact",
                field="opportunity",
                columns=("contact", "role", "influence", "attitude", "note"),
            ),
            Related(
                title=_("Credits"),
                model="crm.OpportunityCredit",
                field="opportunity",
                columns=("user", "share", "amount", "is_rest"),
            ),
            Related(
                title=_("Stages so far"),
                model="crm.StageChange",
                field="opportunity",
                columns=("stage", "from_stage", "entered_at", "left_at", "days", "user"),
            ),
            Related(
                title=_("Changes of the close date"),
                model="crm.CloseDateChange",
                field="opportunity",
                columns=("changed_at", "old_date", "new_date", "days", "user"),
            ),
        ),
    ),
    ListView(
        model="crm.OpportunityLine",
        columns=("opportunity", "product", "description", "quantity", "price", "discount",
                 "amount"),
        filters=("product", "opportunity"),
        order="position",
        totals=("amount",),
    ),
    FormView(
        model="crm.OpportunityLine",
        sections=(
            Section(
                title=_("Opportunity line"),
                fields=(
                    "opportunity", "product", "description", "quantity", "price", "discount",
                    "amount", "position",
                ),
            ),
        ),
    ),
    ListView(
        model="crm.OpportunityContact",
        columns=("opportunity", "contact", "role", "influence", "attitude", "note"),
        filters=("role", "influence", "attitude", "contact", "opportunity"),
        order="opportunity",
    ),
    FormView(
        model="crm.OpportunityContact",
        sections=(
            Section(
                title=_("Contact role"),
                fields=("opportunity", "contact", "role", "influence", "attitude", "note"),
            ),
        ),
    ),
    ListView(
        model="crm.OpportunityCredit",
        columns=("opportunity", "user", "share", "amount", "is_rest"),
        filters=("user", "opportunity", "is_rest"),
        order="id",
        totals=("amount",),
    ),
    FormView(
        model="crm.OpportunityCredit",
        sections=(
            Section(
                title=_("Credit"), fields=("opportunity", "user", "share", "amount", "is_rest")
            ),
        ),
    ),
    ListView(
        model="crm.StageChange",
        columns=("opportunity", "stage", "from_stage", "entered_at", "left_at", "days", "user"),
        filters=("stage", "user", "opportunity"),
        order="-entered_at",
    ),
    ListView(
        model="crm.CloseDateChange",
        columns=("opportunity", "changed_at", "old_date", "new_date", "days", "user"),
        filters=("user", "opportunity"),
        order="-changed_at",
    ),
)  # fmt: skip
