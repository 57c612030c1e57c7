"""Accounts and contacts."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.views import FormView, ListView, Related, Section

VIEWS = (
    ListView(
        model="crm.Account",
        columns=("name", "type", "grade", "industry", "city", "country", "phone", "owner"),
        filters=(
            "type", "grade", "owner", "industry", "size", "country", "region", "parent",
            "archived",
        ),
        order="name",
    ),
    FormView(
        model="crm.Account",
        sections=(
            Section(
                title=_("Account"),
                fields=("name", "type", "grade", "owner", "parent", "source", "description"),
            ),
            Section(
                title=_("Reach"),
                fields=(
                    "phone", "fax", "email", "website", "address", "postal_code", "city", "region",
                    "country",
                ),
            ),
            Section(
                title=_("The organisation"),
                fields=("industry", "size", "employees", "annual_revenue", "founded_year"),
            ),
            Section(title=_("More"), fields=("archived", "external_id")),
        ),
        related=(
            Related(
                title=_("Opportunities"),
                model="crm.Opportunity",
                field="account",
                columns=("name", "stage", "amount", "expected_close", "owner", "outcome"),
            ),
            Related(
                title=_("Contacts"),
                model="crm.Contact",
                field="account",
                columns=("name", "title", "role", "email", "phone", "owner"),
            ),
            Related(
                title=_("Subsidiaries"),
                model="crm.Account",
                field="parent",
                columns=("name", "type", "industry", "city", "country", "owner"),
            ),
            Related(
                title=_("Leads"),
                model="crm.Lead",
                field="account",
                columns=("name", "status", "source", "owner"),
            ),
        ),
    ),
    ListView(
        model="crm.Contact",
        columns=("name", "account", "title", "role", "email", "phone", "mobile", "owner"),
        filters=("account", "owner", "role", "country", "archived"),
        order="name",
    ),
    FormView(
        model="crm.Contact",
        sections=(
            Section(
                title=_("Contact"),
                fields=("name", "account", "title", "department", "role", "reports_to", "owner"),
            ),
            Section(
                title=_("Reach"),
                fields=(
                    "email", "phone", "mobile", "fax", "do_not_email", "do_not_call", "address",
                    "postal_code", "city", "region", "country",
                ),
            ),
            Section(title=_("More"), fields=("description", "archived", "external_id")),
        ),
        related=(
            Related(
                title=_("Opportunities"),
                model="crm.Opportunity",
                field="contact",
                columns=("name", "account", "stage", "amount", "expected_close", "outcome"),
            ),
            Related(
                title=_("Part in opportunities"),
                model="crm.OpportunityContact",
                field="contact",
                columns=("opportunity", "role", "influence", "attitude", "note"),
            ),
            Related(
                title=_("Who reports to them"),
                model="crm.Contact",
                field="reports_to",
                columns=("name", "title", "role", "email", "phone", "owner"),
            ),
        ),
    ),
)  # fmt: skip
