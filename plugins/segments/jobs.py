"""What happens by itself each night."""

from __future__ import annotations

from plugin_api import host
from plugin_api.context import lazy_gettext as _
from plugin_api.jobs import Daily, Job
from plugins.segments.models import Grading
from plugins.segments.services import grading, health, members, overrides, personas, rfm, worth


def grade() -> None:
    """End overrides whose day has passed, and grade what is graded every night."""
    ended = overrides.expire()
    changed = sum(grading.run(each) for each in grading.active() if each.nightly)
    host().jobs.result(changed=changed, ended=ended)


def write() -> None:
    """Grade by one grading, as somebody has asked."""
    record = host().records.get(Grading, int(host().jobs.payload()["grading"]))
    host().jobs.result(changed=grading.run(record))


def refresh() -> None:
    """Score what was ordered, and have personas and segments hold who fits."""
    scored = rfm.refresh()
    matched = personas.refresh()
    worth.count()
    joined, left = members.refresh_all()
    host().jobs.result(
        scored=scored, matched=matched, joined=joined, left=left, health=health.refresh()
    )


JOBS = (
    Job(
        id="refresh",
        label=_("Keep segments"),
        help=_("Scores recency, frequency and money, and has segments hold who fits."),
        run=refresh,
        schedule=Daily("04:20"),
    ),
    Job(
        id="grade",
        label=_("Grade accounts"),
        help=_("Ends overrides whose day has passed, and grades accounts by their figures."),
        run=grade,
        schedule=Daily("04:10"),
    ),
    Job(id="write", label=_("Write the grades of a grading"), run=write, by_hand=False),
)
