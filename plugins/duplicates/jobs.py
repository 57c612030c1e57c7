"""Work over all records."""

from __future__ import annotations

from plugin_api import host
from plugin_api.context import lazy_gettext as _
from plugin_api.jobs import Job
from plugins.duplicates.services import indexing


def index() -> None:
    """Keep the keys of all records anew."""
    done = 0
    for done, total in indexing.rebuild():
        host().jobs.progress(done, total)
    host().jobs.result(records=done)


JOBS = (
    Job(
        id="index",
        label=_("Prepare records for the search of duplicates"),
        help=_("Done by itself when a rule changes."),
        run=index,
    ),
)
