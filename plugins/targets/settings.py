"""How a company counts days."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.models import Choice
from plugin_api.settings import Setting

SETTINGS = (
    Setting(
        key="targets.count_today",
        label=_("Count today as passed"),
        kind="boolean",
        default=True,
        help=_("Whether pace expects today's share already in the morning."),
    ),
    Setting(
        key="targets.proration",
        label=_("Prorate by"),
        kind="choice",
        default="working",
        help=_("How a joiner's or leaver's share of a target is counted."),
        choices=(
            Choice(value="working", label=_("Working days")),
            Choice(value="calendar", label=_("Calendar days")),
        ),
    ),
    Setting(
        key="targets.smart",
        label=_("Confirm SMART targets only"),
        kind="boolean",
        default=True,
        help=_("A target that lacks a letter is not confirmed; its page says what would mend it."),
    ),
    Setting(
        key="targets.cap",
        label=_("Cap of an attainment, in percent"),
        kind="integer",
        default=0,
        help=_("For a person's weighted attainment: what is above counts no more. 0: no cap."),
    ),
)
