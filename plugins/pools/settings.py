"""How much a person may hold in all, whatever the pools say."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.settings import Setting

ACCOUNT_LIMIT = "pools.account_limit"
LEAD_LIMIT = "pools.lead_limit"
COUNT_WON = "pools.count_won"

NONE_AT_ZERO = _("0: no limit. A pool may set a lower one of its own; the lower of the two holds.")

SETTINGS = (
    Setting(
        key=ACCOUNT_LIMIT, label=_("Accounts that a person may hold"), kind="integer",
        default=0, minimum=0, maximum=1_000_000, help=NONE_AT_ZERO,
    ),
    Setting(
        key=LEAD_LIMIT, label=_("Leads that a person may hold"), kind="integer",
        default=0, minimum=0, maximum=1_000_000, help=NONE_AT_ZERO,
    ),
    Setting(
        key=COUNT_WON, label=_("Count won accounts"), kind="boolean", default=True,
        help=_("Off: accounts at which something was won do not count towards that limit."),
    ),
)  # fmt: skip
