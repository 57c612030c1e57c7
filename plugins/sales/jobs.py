"""What happens by itself: each night the ledger is held against the documents."""

from __future__ import annotations

from plugin_api import host
from plugin_api.context import gettext
from plugin_api.context import lazy_gettext as _
from plugin_api.errors import Rejected
from plugin_api.jobs import Daily, Job
from plugins.sales.services import statement

NAMED = 20


def check_ledger() -> None:
    """Hold every document against the ledger. Ends with what differs, if anything does."""
    total, found = 0, list[str]()
    for total, done, lacking in statement.differences():
        host().jobs.progress(done, total)
        found += lacking
    host().jobs.result(documents=total, differences=len(found))
    if found:
        raise Rejected(
            "",
            gettext(
                "%(count)s entries of the ledger differ from the documents: %(first)s",
                count=len(found),
                first="; ".join(found[:NAMED]),
            ),
        )


JOBS = (
    Job(
        id="check_ledger",
        label=_("Hold the sales ledger against the documents"),
        help=_("Every order, delivery, invoice and credit note; it says which entries differ."),
        run=check_ledger,
        schedule=Daily("03:10"),
    ),
)
