"""What is done in the background: closing periods with many targets, and the night's alerts."""

from __future__ import annotations

from plugin_api import host
from plugin_api.context import lazy_gettext as _
from plugin_api.jobs import Daily, Job
from plugins.targets.services import alerting, closing


def alert() -> None:
    """Tell of targets that are out of reach, or were set too low."""
    host().jobs.result(told=alerting.run())


JOBS = (
    Job(
        id="close",
        label=_("Close target periods"),
        help=_("Freezes what each target came to, and closes it: all of them, or none."),
        run=closing.run,
        by_hand=False,
    ),
    Job(
        id="alerts",
        label=_("Tell of targets that are out of reach or set too low"),
        help=_("Tells who leads the person's team, once for each target; the ladder shows them."),
        run=alert,
        schedule=Daily("06:48"),
    ),
)
