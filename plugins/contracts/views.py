"""Lists, forms, boards and menu entries of contracts."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.menus import MenuItem
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
    ListView(
        model="contracts.Contract",
        columns=(
            "number", "revision", "name", "account", "kind", "state", "value", "starts_on",
            "ends_on", "owner",
        ),
        filters=(
            "state", "owner", "account", "ends_on", "kind", "renewal", "signed_on", "was_renewed",
        ),
        order="-id", totals=("value_company",),
    ),
    KanbanView(
        model="contracts.Contract", group_by="state", title="name",
        fields=("number", "account", "value", "ends_on", "owner"), total="value_company",
        order="ends_on", closed=("expired", "renewed", "terminated", "replaced", "cancelled"),
    ),
    CalendarView(
        model="contracts.Contract", start="ends_on", title="name", tone="state",
        fields=("account", "owner"),
    ),
    ChartView(
        model="contracts.Contract", by="ends_on__month", figure="value_company__sum",
        split="kind",
    ),
    PivotView(
        model="contracts.Contract", rows=("kind",), columns=("state",),
        figure="value_company__sum",
    ),
    FormView(
        model="contracts.Contract",
        sections=(
            Section(
                title=lazy_pgettext("contract", "Contract"),
                fields=("name", "number", "revision", "state", "kind", "owner", "change_reason"),
            ),
            Section(
                title=_("Parties"),
                fields=("account", "contact", "our_party", "their_party", "opportunity"),
            ),
            Section(
                title=lazy_pgettext("contract", "Value"),
                fields=("value", "currency", "value_company", "order_number"),
            ),
            Section(
                title=_("Term and renewal"),
                fields=(
                    "signed_on", "starts_on", "ends_on", "notice_days", "renewal", "renew_days",
                    "renew_months", "prolonged", "renewal_opportunity", "was_renewed",
                ),
            ),
            Section(title=lazy_pgettext("contract", "Terms"), fields=("terms", "external_id")),
            Section(
                title=_("How it goes on"),
                fields=("previous", "renews", "ended_on", "termination_reason"),
            ),
        ),
        related=(
            Related(
                title=_("Payment plan"), model="contracts.Instalment", field="contract",
                columns=("position", "name", "share", "fixed", "due_rule", "due_days", "due_on",
                         "amount"),
            ),
            Related(
                title=_("Obligations"), model="contracts.Obligation", field="contract",
                columns=("name", "side", "due_on", "owner", "state"),
            ),
        ),
    ),
    ListView(
        model="contracts.Obligation",
        columns=("name", "contract", "side", "due_on", "owner", "state", "done_on"),
        filters=("state", "owner", "due_on", "side", "contract"), order="due_on",
    ),
    KanbanView(
        model="contracts.Obligation", group_by="state", title="name",
        fields=("contract", "due_on", "owner"), order="due_on",
    ),
    CalendarView(
        model="contracts.Obligation", start="due_on", title="name", tone="state",
        fields=("contract", "owner"),
    ),
    FormView(
        model="contracts.Obligation",
        sections=(
            Section(
                title=_("Obligation"),
                fields=("name", "contract", "side", "due_on", "owner", "state", "done_on"),
            ),
            Section(title=_("Reminder and note"), fields=("remind_days", "note")),
        ),
    ),
    ListView(
        model="contracts.Instalment",
        columns=("contract", "position", "name", "share", "fixed", "due_rule", "due_on", "amount"),
        filters=("contract", "due_rule", "due_on"), order="due_on",
    ),
)  # fmt: skip

MENUS = (
    MenuItem(
        id="contracts", label=lazy_pgettext("contract", "Contracts"), model="contracts.Contract",
        order=10, icon="file-earmark-text",
    ),
    MenuItem(
        id="calendar", label=_("Ends of contracts"), model="contracts.Contract", view="calendar",
        order=12, icon="calendar-x",
    ),
    MenuItem(
        id="obligations", label=_("Obligations"), model="contracts.Obligation", order=20,
        icon="check2-square",
    ),
)  # fmt: skip
