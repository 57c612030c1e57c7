"""Who held it and why it returned, for the timelines of accounts and leads."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from plugin_api import host
from plugin_api.context import gettext, has_permission
from plugin_api.models import model_of
from plugin_api.panels import TimelineEntry
from plugins.pools.access import READ
from plugins.pools.models import Change, Place, Pool
from plugins.pools.models.places import CHANGES
from plugins.pools.services import kinds

LABELS = {each.value: each.label for each in CHANGES}


def of_record(
    model: str, record_id: int, before: tuple[dt.datetime, int] | None, limit: int
) -> list[TimelineEntry]:
    """Changes of who holds the record, the newest first. One statement."""
    if not has_permission(READ):
        return []
    kind = "account" if model == "crm.Account" else "lead"
    user: Any = model_of("core.User")
    by, to = aliased(user), aliased(user)
    asked = (
        sa.select(Change, by.name, to.name, Pool.name)
        .join(Place, Place.id == Change.place_id)
        .join(Pool, Pool.id == Change.pool_id)
        .outerjoin(by, by.id == Change.by_id)
        .outerjoin(to, to.id == Change.to_id)
        .where(kinds.column_of(kind) == record_id, host().records.visible(Place))
        .order_by(Change.at.desc(), Change.id.desc())
        .limit(limit)
    )
    if before is not None:
        at, id_ = before
        asked = asked.where((Change.at < at) | ((Change.at == at) & (Change.id < id_)))
    return [_entry(*row) for row in host().session.execute(asked)]


def _entry(change: Change, who: str | None, to: str | None, pool: str) -> TimelineEntry:
    what = str(LABELS[change.kind])
    if to and change.kind == "assigned":
        what = gettext("%(what)s to %(name)s", what=what, name=to)
    return TimelineEntry(
        id=change.id,
        at=change.at,
        who=who or gettext("The pool's rules"),
        what=what,
        title=pool,
        href=host().record_url("pools.Place", change.place_id),
        text=change.reason or "",
        icon="water",
    )
