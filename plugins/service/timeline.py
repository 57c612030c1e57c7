"""Cases that were opened and solved, for the timelines of accounts and contacts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext
from plugin_api.models import model_of
from plugin_api.panels import TimelineEntry
from plugins.service import display
from plugins.service.models import Case, Visit

OPENED, SOLVED, ASKED = 0, 1, 2
KINDS = 3


def of_record(
    model: str, record_id: int, before: tuple[dt.datetime, int] | None, limit: int
) -> list[TimelineEntry]:
    """What happened to the record's cases and return visits, the newest first. One statement."""
    parts: list[sa.Select[Any]] = []
    of_account = model == "crm.Account"
    if display.sees_cases():
        column = Case.account_id if of_account else Case.contact_id
        parts += (
            _events(column == record_id, Case.opened_at, OPENED),
            _events(column == record_id, Case.solved_at, SOLVED),
        )
    if display.sees_visits():
        parts.append(_asked((Visit.account_id if of_account else Visit.contact_id) == record_id))
    if not parts:
        return []
    both = sa.union_all(*parts).subquery()
    asked = sa.select(both).order_by(both.c.at.desc(), both.c.entry.desc()).limit(limit)
    if before is not None:
        at, id_ = before
        older = (both.c.at < at) | ((both.c.at == at) & (both.c.entry < id_))
        asked = asked.where(older)
    return [_entry(row) for row in host().session.execute(asked)]


def _events(which: sa.ColumnElement[bool], at: Any, event: int) -> sa.Select[Any]:
    user: Any = model_of("core.User")
    return (
        sa.select(
            (Case.id * KINDS + event).label("entry"),
            Case.id.label("id"),
            at.label("at"),
            Case.number.label("number"),
            sa.literal(event).label("event"),
            user.name.label("who"),
            *(column.label(name) for name, column in zip(
                ("name", "solution"), display.readable("name", "solution"), strict=True
            )),
        )
        .outerjoin(user, user.id == Case.owner_id)
        .where(which, at.is_not(None), host().records.visible(Case))
    )  # fmt: skip


def _asked(which: sa.ColumnElement[bool]) -> sa.Select[Any]:
    user: Any = model_of("core.User")
    may_read = host().records.may_read
    comment = Visit.comment if may_read(Visit, "comment") else sa.null()
    return (
        sa.select(
            (Visit.id * KINDS + ASKED).label("entry"),
            Visit.id.label("id"),
            Visit.done_at.label("at"),
            sa.null().label("number"),
            sa.literal(ASKED).label("event"),
            user.name.label("who"),
            (Visit.name if may_read(Visit, "name") else sa.null()).label("name"),
            comment.label("solution"),
        )
        .outerjoin(user, user.id == Visit.owner_id)
        .where(which, Visit.state == "done", host().records.visible(Visit))
    )


def _entry(row: Any) -> TimelineEntry:
    if row.event == ASKED:
        return TimelineEntry(
            id=row.entry,
            at=row.at,
            who=row.who or gettext("Nobody"),
            what=gettext("Return visit made"),
            title=row.name or "",
            href=host().record_url(display.VISIT, row.id),
            text=row.solution or "",
            icon="telephone-outbound",
        )
    solved = row.event == SOLVED
    return TimelineEntry(
        id=row.entry,
        at=row.at,
        who=row.who or gettext("Nobody"),
        what=gettext("Case solved") if solved else gettext("Case opened"),
        title=" ".join(filter(None, (row.number, row.name))),
        href=host().record_url(display.CASE, row.id),
        text=(row.solution or "") if solved else "",
        icon="headset",
    )
