"""What people open with: what is due, with whom to be in touch, what lacks a next step."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from flask import url_for

from plugin_api import host
from plugin_api.cards import Card, CardContent, Line
from plugin_api.context import current_actor, gettext, has_permission, today
from plugin_api.context import lazy_gettext as _
from plugin_api.panels import Fact
from plugins.activities import display
from plugins.activities.access import CREATE, READ
from plugins.activities.models import Activity
from plugins.activities.models.activities import readable
from plugins.activities.services import contact, next_steps
from plugins.activities.services.days import NEAR

MOST = 8


def due() -> CardContent:
    """The person's own: what is over, what is due today and in the next days. Two statements."""
    mine = (Activity.owner_id == current_actor().user_id, Activity.state == "open")
    day, near = today(), today() + dt.timedelta(days=NEAR)
    late = sa.func.sum(sa.case((Activity.due < day, 1), else_=0))
    now = sa.func.sum(sa.case((Activity.due == day, 1), else_=0))
    soon = sa.func.sum(sa.case((sa.and_(Activity.due > day, Activity.due <= near), 1), else_=0))
    counts = host().session.execute(sa.select(late, now, soon).where(*mine)).one()
    asked = (
        sa.select(Activity.id, Activity.subject, Activity.due, Activity.start, *readable("about"))
        .where(*mine, Activity.due <= near)
        .order_by(Activity.due, Activity.start, Activity.id)
        .limit(MOST)
    )
    may_change = has_permission("activities.Activity.update")
    me = current_actor().user_id
    periods = ("overdue", "today", f"next_{NEAR}_days")
    labels = (gettext("Overdue"), gettext("Today"), gettext("Next days"))
    return CardContent(
        facts=tuple(
            Fact(
                label=label,
                value=str(count or 0),
                href=host().list_url(
                    display.ACTIVITY, {"state": "open", "owner": me, "due__period": period}
                ),
            )
            for label, count, period in zip(labels, counts, periods, strict=True)
        ),
        lines=tuple(_line(row, may_change) for row in host().session.execute(asked)),
        empty=gettext("Nothing is due. Plan the next step with a customer."),
        more_href=host().list_url(display.ACTIVITY, {"state": "open", "owner": me, "sort": "due"}),
        actions=(display.log(), display.plan()) if has_permission(CREATE) else (),
    )


def _line(row: Any, may_change: bool) -> Line:
    return Line(
        text=row.subject,
        href=host().record_url(display.ACTIVITY, row.id),
        value=display.when(row.due, row.start),
        note=row.about or "",
        tone=display.tone(row.due),
        action=display.done(row.id) if may_change else None,
    )


def followups() -> CardContent:
    """With whom the person, or whom they lead, should be in touch, the longest over first."""
    mine = current_actor().grants.get(READ) == "own"
    found = contact.overdue(MOST, mine=mine)
    names = {} if mine else display.people([each.owner_id for each in found])
    return CardContent(
        lines=tuple(
            Line(
                text=each.title,
                href=host().record_url(each.model, each.id),
                value=display.over(each.over),
                tone="bad",
                note=_since(each, names.get(each.owner_id or 0, "")),
            )
            for each in found
        ),
        empty=gettext("Everybody was heard of in time."),
        more_href=url_for("activities.followups") if found else "",
    )


def _since(each: contact.Overdue, owner: str) -> str:
    said = gettext("No contact yet")
    if each.last is not None:
        said = gettext("Last contact %(day)s", day=display.day(each.last))
    return f"{owner} · {said}" if owner else said


def without_step() -> CardContent:
    """Records of which the company's rules want a next step, and that have none."""
    mine = current_actor().grants.get(READ) == "own"
    found = list(next_steps.missing(MOST, mine=mine))
    names = {} if mine else display.people([each.owner_id for each in found])
    return CardContent(
        lines=tuple(
            Line(
                text=each.title,
                href=host().record_url(each.model, each.id),
                note=" · ".join(filter(None, (names.get(each.owner_id or 0, ""), each.rule))),
            )
            for each in found
        ),
        empty=gettext("Everything that needs a next step has one."),
        more_href=url_for("activities.followups", _anchor="steps") if found else "",
    )


CARDS = (
    Card(
        id="due", title=_("Today"), load=due, permission=READ, roles=("rep", "manager"), order=5
    ),
    Card(
        id="followups", title=_("Contact is overdue"), load=followups, permission=READ,
        roles=("rep", "manager"), order=22,
    ),
    Card(
        id="without_step", title=_("Without a next step"), load=without_step, permission=READ,
        roles=("rep", "manager"), order=24,
    ),
)  # fmt: skip
