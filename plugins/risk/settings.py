"""What a company says of its risks."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.settings import Setting

SCALE = "risk.scale"
REVIEW_DAYS = "risk.review_days"
ESCALATE = "risk.escalate_days"

SETTINGS = (
    Setting(
        key=SCALE, label=_("Losses of the impacts"), kind="text",
        default="10000, 50000, 200000, 1000000",
        help=_("From which loss an impact is 2, 3, 4, 5, in the company's currency. Used where"
               " somebody gives the loss and no impact."),
    ),
    Setting(
        key=REVIEW_DAYS, label=_("Review risks after (days)"), kind="integer", default=90,
        minimum=1, maximum=3650, help=_("Where no other day is given."),
    ),
    Setting(
        key=ESCALATE, label=_("Tell the manager after (days)"), kind="integer", default=7,
        minimum=0, maximum=365,
        help=_("Of a review that is overdue, and of a risk over the appetite that nobody answers;"
               " 0: never."),
    ),
)  # fmt: skip
