"""What people open with: what is to be collected."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from plugin_api import host
from plugin_api.cards import Card, CardContent, Line
from plugin_api.context import current_company, gettext, today
from plugin_api.context import lazy_gettext as _
from plugin_api.panels import Fact
from plugins.sales import display
from plugins.sales.models import Receivable

MOST = 8
SOON = 7
"""Days ahead that count as soon."""
READ = "sales.Receivable.read"


def collect() -> CardContent:
    """What is overdue and what is due in the next days, the oldest first: the person's own, for
    who leads those of their people. Two statements."""
    may_read = host().records.may_read
    if not all(may_read(Receivable, name) for name in ("open", "open_company", "due_on")):
        return CardContent(empty=gettext("Your role does not show amounts."))
    day, near = today(), today() + dt.timedelta(days=SOON)
    where = [Receivable.open > 0, host().records.visible(Receivable)]
    late = sa.func.sum(sa.case((Receivable.due_on < day, Receivable.open_company), else_=0))
    soon = sa.func.sum(
        sa.case((Receivable.due_on.between(day, near), Receivable.open_company), else_=0)
    )
    sums = host().session.execute(sa.select(late, soon).where(*where)).one()
    asked = (
        sa.select(
            Receivable.id, Receivable.name, Receivable.due_on, Receivable.open, Receivable.currency
        )
        .where(*where, Receivable.due_on <= near)
        .order_by(Receivable.due_on, Receivable.id)
        .limit(MOST)
    )
    labels = (gettext("Overdue"), gettext("Due within %(days)s days", days=SOON))
    periods = ({"due_on__period": "overdue"},
               {"due_on__gte": day.isoformat(), "due_on__lte": near.isoformat()})  # fmt: skip
    open_ = {"open__gte": "0.01", "sort": "due_on"}
    return CardContent(
        facts=tuple(
            Fact(
                label=label,
                value=display.money(int(amount or 0)),
                href=host().list_url("sales.Receivable", {**open_, **period}),
            )
            for label, amount, period in zip(labels, sums, periods, strict=True)
        ),
        lines=tuple(
            Line(
                text=row.name,
                href=host().record_url("sales.Receivable", row.id),
                value=display.money(row.open, row.currency),
                note=display.day(row.due_on),
                tone="bad" if row.due_on < day else "neutral",
            )
            for row in host().session.execute(asked)
        ),
        note=gettext(
            "As of today, with tax, in %(currency)s.", currency=current_company().currency
        ),
        empty=gettext("Nothing is overdue, and nothing is due soon."),
        more_href=host().list_url("sales.Receivable", open_),
    )


CARDS = (
    Card(
        id="collect",
        title=_("Money to collect"),
        load=collect,
        permission=READ,
        roles=("rep", "manager", "finance"),
        order=45,
    ),
)
