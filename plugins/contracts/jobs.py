"""What happens by itself: days of contracts, renewals, and what is promised."""

from __future__ import annotations

from plugin_api import host
from plugin_api.context import lazy_gettext as _
from plugin_api.jobs import Daily, Job
from plugins.contracts.services import flow, obligations, renewals


def run_days() -> None:
    """Begin, end, renew and prolong what has come to its day."""
    host().jobs.result(**flow.run_days())


def renew() -> None:
    """Open what is to be renewed."""
    host().jobs.result(opened=renewals.open_due())


def remind() -> None:
    """Tell of what is promised."""
    host().jobs.result(told=obligations.remind())


JOBS = (
    Job(
        id="days", label=_("Begin and end contracts"),
        help=_("Has contracts come into force, expire, or go on by themselves on their day."),
        run=run_days, schedule=Daily("00:20"),
    ),
    Job(
        id="renew", label=_("Open renewals of contracts"),
        help=_("Opens an opportunity for each contract that is to be renewed and ends soon."),
        run=renew, schedule=Daily("05:10"),
    ),
    Job(
        id="remind", label=_("Remind of obligations"),
        help=_("Tells owners of what contracts promise and what is due soon."),
        run=remind, schedule=Daily("07:40"),
    ),
)  # fmt: skip
