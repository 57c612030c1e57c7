"""What a company allows."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import Choice
from plugin_api.settings import Setting

BOARDS = "rewards.leaderboards"
KUDOS_LIMIT = "rewards.kudos_a_month"
KUDOS_POINTS = "rewards.kudos_points"
GRANT_LIMIT = "rewards.points_a_month"

SETTINGS = (
    Setting(
        key=BOARDS, label=_("Leaderboards"), kind="choice", default="on",
        choices=(
            Choice(value="on", label=lazy_pgettext("leaderboard", "With everybody's name")),
            Choice(value="own", label=lazy_pgettext("leaderboard", "Only one's own place")),
            Choice(value="off", label=lazy_pgettext("leaderboard", "None")),
        ),
        help=_("Who runs contests sees them in any case."),
    ),
    Setting(
        key=KUDOS_LIMIT, label=_("Kudos that a person may give a month"), kind="integer",
        default=10, minimum=0, maximum=1000, help=_("0: any number."),
    ),
    Setting(
        key=KUDOS_POINTS, label=_("Points that kudos bring"), kind="integer", default=0,
        minimum=0, maximum=10_000,
    ),
    Setting(
        key=GRANT_LIMIT, label=_("Points that a manager may give a month"), kind="integer",
        default=1000, minimum=0, maximum=100_000_000, help=_("0: any number."),
    ),
)  # fmt: skip
