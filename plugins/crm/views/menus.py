"""The side menu: what is worked with every day first, what is set up once last."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.menus import MenuItem

MENUS = (
    MenuItem(
        id="opportunities",
        label=_("Opportunities"),
        model="crm.Opportunity",
        view="kanban",
        order=10,
        icon="kanban",
    ),
    MenuItem(id="accounts", label=_("Accounts"), model="crm.Account", order=20, icon="building"),
    MenuItem(
        id="contacts",
        label=_("Contacts"),
        model="crm.Contact",
        order=30,
        icon="person-lines-fill",
    ),
    MenuItem(id="leads", label=_("Leads"), model="crm.Lead", order=40, icon="person-plus"),
    MenuItem(
        id="funnel",
        label=_("Pipeline review"),
        endpoint="crm.funnel",
        permission="crm.funnel",
        order=50,
        icon="funnel",
    ),
    MenuItem(
        id="pipelines",
        label=_("Pipelines"),
        model="crm.Pipeline",
        permission="crm.Pipeline.update",
        order=80,
        icon="signpost-split",
    ),
    MenuItem(
        id="stages",
        label=_("Stages"),
        model="crm.Stage",
        permission="crm.Stage.update",
        order=81,
        icon="list-ol",
    ),
    MenuItem(
        id="win_reasons",
        label=_("Win reasons"),
        model="crm.WinReason",
        permission="crm.WinReason.update",
        order=82,
        icon="trophy",
    ),
    MenuItem(
        id="loss_reasons",
        label=_("Loss reasons"),
        model="crm.LossReason",
        permission="crm.LossReason.update",
        order=83,
        icon="x-octagon",
    ),
)
