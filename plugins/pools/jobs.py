"""What happens by itself each morning."""

from __future__ import annotations

from plugin_api import host
from plugin_api.context import lazy_gettext as _
from plugin_api.jobs import Daily, Job
from plugins.pools.services import returning


def return_due() -> None:
    """Take in what pools take, and return what is due."""
    host().jobs.result(entered=returning.collect(), returned=returning.reclaim())


def remind() -> None:
    """Tell holders of what returns soon."""
    host().jobs.result(reminded=returning.remind())


JOBS = (
    Job(
        id="return_due",
        label=_("Return to the pools what is due"),
        help=_("Takes in what pools take, and returns what their rules say."),
        run=return_due,
        schedule=Daily("05:30"),
    ),
    Job(
        id="remind",
        label=_("Remind of what returns soon"),
        help=_("Tells holders once, as many days before as the pool says."),
        run=remind,
        schedule=Daily("07:32"),
    ),
)
