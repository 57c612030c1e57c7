"""Work over all records."""

from __future__ import annotations

from plugin_api import host
from plugin_api.context import lazy_gettext as _
from plugin_api.jobs import Daily, Job
from plugins.duplicates.services import indexing, matched, searching


def index() -> None:
    """Keep the keys of all records anew."""
    done = 0
    for done, total in indexing.rebuild():
        host().jobs.progress(done, total)
    host().jobs.result(records=done)


def search() -> None:
    """Find the records that lie there twice."""
    found = {}
    for model in matched.models():
        for done, total in searching.search(model.value):
            host().jobs.progress(done, total, model.label)
        found[model.value] = searching.count(model.value)
    host().jobs.result(**{key.replace(".", "_"): number for key, number in found.items()})


JOBS = (
    Job(
        id="index",
        label=_("Prepare records for the search of duplicates"),
        help=_("Done by itself when a rule changes."),
        run=index,
    ),
    Job(
        id="search",
        label=_("Search for duplicates"),
        help=_("Groups of records that rules take for one, to be looked through."),
        run=search,
        schedule=Daily("03:40"),
    ),
)
