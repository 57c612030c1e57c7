"""What happens by itself: carry-over, counting, and telling of what is late."""

from __future__ import annotations

from plugin_api import host
from plugin_api.context import lazy_gettext as _
from plugin_api.jobs import Daily, Job
from plugins.plans.services import carrying, objectives, reports


def turn_period() -> None:
    """Carry over what was not done in its week or month."""
    host().jobs.result(carried=carrying.carry_all())


def count() -> None:
    """Follow targets, and count coverage."""
    host().jobs.result(changed=objectives.count_all())


def escalate() -> None:
    """Tell owners and managers of what is late."""
    host().jobs.result(owners=carrying.tell_owners(), escalated=carrying.escalate())


def remind_reports() -> None:
    """Tell who has not submitted."""
    host().jobs.result(told=reports.remind())


JOBS = (
    Job(
        id="turn_period", label=_("Carry over steps of plans"),
        help=_("What was not done when its week or month ended goes on to the next."),
        run=turn_period, schedule=Daily("00:10"),
    ),
    Job(
        id="count", label=_("Count coverage of objectives"),
        help=_("Follows targets, and counts what steps carry of the gap to each."),
        run=count, schedule=Daily("05:40"),
    ),
    Job(
        id="escalate", label=_("Tell of late steps"),
        help=_("Tells owners on the first day, and managers when the company's limit is over."),
        run=escalate, schedule=Daily("07:37"),
    ),
    Job(
        id="remind_reports", label=_("Remind of reports"),
        help=_("Tells who has not submitted a report on its day, and their managers after it."),
        run=remind_reports, schedule=Daily("08:05"),
    ),
)  # fmt: skip
