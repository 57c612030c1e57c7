"""What was done, for the timelines of records."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext, has_permission
from plugin_api.models import model_of
from plugin_api.panels import TimelineEntry
from plugins.activities import display
from plugins.activities.access import READ
from plugins.activities.models import Activity, Link
from plugins.activities.models.activities import readable
from plugins.activities.services import subjects
from plugins.activities.services.kinds import all_kinds

EXCERPT = 400


def of_record(
    model: str, record_id: int, before: tuple[dt.datetime, int] | None, limit: int
) -> list[TimelineEntry]:
    """Activities that are done and count for a record, the newest first. One statement, and one
    for the kinds."""
    plugin = model.partition(".")[0]
    if plugin in subjects.OWN or not has_permission(READ):
        return []
    user: Any = model_of("core.User")
    asked = (
        sa.select(
            Activity.id, Activity.done_at, Activity.kind_id, Activity.about_model,
            Activity.about_id, user.name, *readable("subject", "outcome", "result", "about"),
        )
        .join(Link, Link.activity_id == Activity.id)
        .outerjoin(user, user.id == Activity.owner_id)
        .where(
            *Link.of(model, record_id),
            Activity.state == "done",
            Activity.done_at.is_not(None),
            host().records.visible(Activity),
        )
        .order_by(Activity.done_at.desc(), Activity.id.desc())
        .limit(limit)
    )  # fmt: skip
    if before is not None:
        at, id_ = before
        older = (Activity.done_at < at) | ((Activity.done_at == at) & (Activity.id < id_))
        asked = asked.where(older)
    return [_entry(row, (model, record_id)) for row in host().session.execute(asked)]


def _entry(row: Any, shown: subjects.Ref) -> TimelineEntry:
    kind = all_kinds().get(row.kind_id)
    what = kind.name if kind is not None else ""
    said = display.outcome(row.outcome)
    if said:
        what = gettext("%(kind)s: %(outcome)s", kind=what, outcome=said)
    text = (row.result or "").strip()
    if (row.about_model, row.about_id) != shown and row.about:
        text = f"{row.about}\n{text}".strip()
    return TimelineEntry(
        id=row.id,
        at=row.done_at,
        who=row.name or gettext("Nobody"),
        what=what,
        title=row.subject or "",
        href=host().record_url(display.ACTIVITY, row.id),
        text=f"{text[:EXCERPT]}…" if len(text) > EXCERPT else text,
        icon=kind.icon if kind is not None else "",
    )
