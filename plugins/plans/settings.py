"""What a company says of its plans."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import Choice
from plugin_api.settings import Setting

PERIOD = "plans.period"
CARRY = "plans.carry_over"
ESCALATE = "plans.escalate_days"
WEEKLY = "plans.weekly"
MONTHLY = "plans.monthly"
REPORT_DAYS = "plans.report_days"
WRITERS = "plans.report_roles"

SETTINGS = (
    Setting(
        key=PERIOD, label=_("Plans go by"), kind="choice", default="week",
        choices=(
            Choice(value="week", label=lazy_pgettext("plan", "Weeks")),
            Choice(value="month", label=lazy_pgettext("plan", "Months")),
        ),
    ),
    Setting(
        key=CARRY, label=_("Carry steps over by themselves"), kind="boolean", default=True,
        help=_("What is not done when its week or month ends goes on to the next, and is counted."),
    ),
    Setting(
        key=ESCALATE, label=_("Tell the manager after (working days)"), kind="integer", default=3,
        minimum=0, maximum=365, help=_("Counted from the first due day; 0: never."),
    ),
    Setting(key=WEEKLY, label=_("Weekly reports are expected"), kind="boolean", default=True),
    Setting(key=MONTHLY, label=_("Monthly reports are expected"), kind="boolean", default=True),
    Setting(
        key=REPORT_DAYS, label=_("Reports are due after (working days)"), kind="integer", default=1,
        minimum=0, maximum=30, help=_("After the last day of the week or month."),
    ),
    Setting(
        key=WRITERS, label=_("Roles that write reports"), kind="text", default="rep, manager",
        help=_("Codes of roles, with commas between them."),
    ),
)  # fmt: skip
