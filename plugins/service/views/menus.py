"""The side menu."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.menus import MenuItem

MENUS = (
    MenuItem(
        id="cases", label=lazy_pgettext("service", "Cases"), model="service.Case", order=10,
        icon="headset",
    ),
    MenuItem(
        id="board", label=_("Board of cases"), model="service.Case", view="kanban", order=12,
        icon="kanban",
    ),
    MenuItem(
        id="mails", label=lazy_pgettext("service", "Mails"), model="service.Mail", order=14,
        icon="envelope",
    ),
    MenuItem(
        id="visits", label=_("Return visits"), model="service.Visit", order=20,
        icon="telephone-outbound",
    ),
    MenuItem(
        id="satisfaction", label=_("Satisfaction"), endpoint="service.satisfaction",
        permission="service.Visit.read", order=30, icon="emoji-smile",
    ),
    MenuItem(
        id="figures", label=_("Figures of cases"), endpoint="service.figures",
        permission="service.Case.read", order=32, icon="bar-chart",
    ),
    MenuItem(
        id="plans", label=_("Return visit plans"), model="service.VisitPlan",
        permission="service.VisitPlan.update", order=70, icon="calendar-range",
    ),
    MenuItem(
        id="questionnaires", label=_("Questionnaires"), model="service.Questionnaire",
        permission="service.Questionnaire.update", order=72, icon="ui-checks",
    ),
    MenuItem(
        id="queues", label=_("Queues"), model="service.Queue",
        permission="service.Queue.update", order=80, icon="people",
    ),
    MenuItem(
        id="mailboxes", label=_("Mailboxes"), model="service.Mailbox",
        permission="service.Mailbox.update", order=81, icon="inbox",
    ),
    MenuItem(
        id="policies", label=_("Service levels"), model="service.Policy",
        permission="service.Policy.update", order=82, icon="stopwatch",
    ),
)  # fmt: skip
