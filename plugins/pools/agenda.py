"""What returns to a pool on somebody's days, for the plans of the company."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from plugin_api import host
from plugin_api.context import gettext, has_permission, today
from plugins.pools import display
from plugins.pools.access import READ
from plugins.pools.models import Place
from plugins.pools.services import due, kinds, returning


def entries(user_id: int, start: dt.date, end: dt.date) -> Sequence[Any]:
    """What somebody holds and loses in these days, on the last day on which they can keep it. A
    statement a rule."""
    from plugins.plans.api import Entry

    if not has_permission(READ) or end < today():
        return ()
    found = due.returns(
        end + dt.timedelta(days=1),
        where=(Place.owner_id == user_id, host().records.visible(Place)),
    )
    # It returns in the morning: the day before is the last on which something can be done.
    return [
        Entry(
            day=max(each.due - dt.timedelta(days=1), today()), title=each.title,
            href=host().record_url(kinds.model_of(each.kind).model_key(), each.record_id),
            kind=gettext("Returns to the pool soon"),
            note=" · ".join((display.day(each.due), returning.why(each))),
            tone=display.tone(each.due), icon="water",
        )
        for each in found
        if start <= max(each.due - dt.timedelta(days=1), today()) <= end
    ]  # fmt: skip
