"""What somebody's days hold, for the plans of the company: what is due, and overdue contact."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_actor, gettext, has_permission, today
from plugins.activities import display
from plugins.activities.access import READ
from plugins.activities.models import Activity, Kind
from plugins.activities.models.activities import readable
from plugins.activities.services import contact

MOST = 200


def entries(user_id: int, start: dt.date, end: dt.date) -> Sequence[Any]:
    """Somebody's activities of these days, open ones from before, and with whom contact is
    overdue: that is for today. A few statements."""
    if not has_permission(READ):
        return ()
    return [*_activities(user_id, start, end), *_contacts(user_id, start, end)]


def _activities(user_id: int, start: dt.date, end: dt.date) -> Sequence[Any]:
    from plugins.plans.api import Entry

    asked = (
        sa.select(
            Activity.id, Activity.subject, Activity.due, Activity.start, Activity.state,
            Activity.done_on, Kind.name.label("kind"), Kind.icon, *readable("about"),
        )
        .join(Kind, Kind.id == Activity.kind_id)
        .where(
            Activity.owner_id == user_id,
            host().records.visible(Activity),
            sa.or_(
                sa.and_(Activity.state == "open", Activity.due <= end),
                sa.and_(Activity.state == "done", Activity.done_on.between(start, end)),
            ),
        )
        .order_by(Activity.due, Activity.start, Activity.id)
        .limit(MOST)
    )  # fmt: skip
    changing = has_permission("activities.Activity.update")
    made = []
    for row in host().session.execute(asked):
        done = row.state == "done"
        clock = display.clock(row.start) if row.start is not None else ""
        made.append(
            Entry(
                day=row.done_on if done else row.due, title=row.subject,
                href=host().record_url(display.ACTIVITY, row.id), kind=row.kind,
                note=" · ".join(filter(None, (clock, row.about))), done=done,
                tone="neutral" if done else display.tone(row.due), icon=row.icon or "",
                action=display.done(row.id) if changing and not done else None,
            )
        )  # fmt: skip
    return made


def _contacts(user_id: int, start: dt.date, end: dt.date) -> Sequence[Any]:
    from plugins.plans.api import Entry

    day = today()
    if not start <= day <= end or user_id != current_actor().user_id:
        return ()
    return [
        Entry(
            day=day, title=each.title, href=host().record_url(each.model, each.id),
            kind=gettext("Contact is overdue"), note=display.over(each.over), tone="bad",
            icon="telephone",
        )
        for each in contact.overdue(MOST, mine=True)
    ]  # fmt: skip
