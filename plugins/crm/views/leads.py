"""Leads as a list, a board by status and a form."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.views import ChartView, FormView, KanbanView, ListView, PivotView, Section

VIEWS = (
    ListView(
        model="crm.Lead",
        columns=("name", "company_name", "status", "score", "source", "email", "phone", "owner"),
        filters=("status", "owner", "source", "score", "industry", "country", "created_on"),
        order="-created_on",
    ),
    ChartView(model="crm.Lead", by="created_on__month", split="status"),
    PivotView(model="crm.Lead", rows=("owner",), columns=("status",)),
    KanbanView(
        model="crm.Lead",
        group_by="status",
        title="name",
        fields=("company_name", "source", "score", "owner"),
        transition="move",
        closed=("converted", "disqualified"),
    ),
    FormView(
        model="crm.Lead",
        sections=(
            Section(
                title=_("Lead"),
                fields=("name", "company_name", "title", "owner", "source", "campaign", "score",
                        "product", "description"),
            ),
            Section(
                title=_("Reach"),
                fields=(
                    "email", "phone", "mobile", "website", "do_not_email", "do_not_call",
                    "address", "postal_code", "city", "region", "country",
                ),
            ),
            Section(
                title=_("The organisation"), fields=("industry", "employees", "annual_revenue")
            ),
            Section(
                title=_("What became of it"),
                fields=("created_on", "converted_on", "account", "contact", "opportunity",
                        "disqualify_reason", "archived", "external_id"),
            ),
        ),
    ),
)  # fmt: skip
