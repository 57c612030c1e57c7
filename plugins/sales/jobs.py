"""What happens by itself: the ledger is held against the documents, owners are told what is due."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext, ngettext, today
from plugin_api.context import lazy_gettext as _
from plugin_api.errors import Rejected
from plugin_api.jobs import Daily, Job
from plugins.sales import display
from plugins.sales.models import Receivable
from plugins.sales.services import quoting, statement

NAMED = 20
SOON = 3
"""Days before something is due on which its owner is told."""
OVERDUE = (1, 7, 30, 60)
"""Days after it was."""


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


def remind_owners() -> None:
    """Tell owners of what is due soon, and of what is overdue for some days."""
    day = today()
    due = [day + dt.timedelta(days=SOON), *(day - dt.timedelta(days=over) for over in OVERDUE)]
    asked = (
        sa.select(Receivable)
        .where(
            Receivable.open > 0, Receivable.due_on.in_(due), Receivable.owner_id.is_not(None)
        )
        .order_by(Receivable.id)
    )  # fmt: skip
    found = host().session.scalars(asked).all()
    for number, row in enumerate(found):
        host().jobs.progress(number, len(found))
        over = (day - (row.due_on or day)).days
        amount = display.money(row.open, row.currency)
        text = gettext("%(amount)s are due in %(days)s days.", amount=amount, days=-over)
        if over > 0:
            text = ngettext(
                "%(amount)s are overdue since yesterday.",
                "%(amount)s are overdue for %(num)s days.",
                over,
                amount=amount,
            )
        host().remind(row, [row.owner_id or 0], text)
    host().jobs.result(reminded=len(found))


def expire_quotes() -> None:
    """Have quotes expire that nobody answered in time."""
    host().jobs.result(expired=quoting.expire())


JOBS = (
    Job(
        id="expire_quotes",
        label=_("Have quotes expire"),
        help=_("Those that were sent and whose last day is over."),
        run=expire_quotes,
        schedule=Daily("00:20"),
    ),
    Job(
        id="remind_owners",
        label=_("Remind owners of what is to be paid"),
        help=_("Three days before it is due, and 1, 7, 30 and 60 days after it was."),
        run=remind_owners,
        schedule=Daily("08:00"),
    ),
    Job(
        id="check_ledger",
        label=_("Hold the sales ledger against the documents"),
        help=_("Every order, delivery, invoice and credit note; it says which entries differ."),
        run=check_ledger,
        schedule=Daily("03:10"),
    ),
)
