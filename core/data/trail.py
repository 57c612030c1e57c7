"""Searching the audit trail of a company: everybody's changes of whatever records."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from core.data.audit import AuditEntry, Entry, as_read
from core.data.fields import guarded_of
from core.host import services
from core.hosting.enabled import enabled_set
from core.identity.models import User
from plugin_api.context import current_company
from plugin_api.models import Base

PERMISSION = "core.audit"
SYSTEM = "system"
PAGE = 50
CHUNK = 1000


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What is looked for; what is empty or None narrows nothing."""

    user: int | None = None
    by_system: bool = False
    model: str = ""
    record: int | None = None
    action: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    """Days by the company's clock, both included."""
    text: str = ""
    """Stands in what the record was called, or in one of the values."""
    before: int | None = None
    """Only entries with smaller numbers: where a page goes on."""


def models() -> dict[str, type[Base]]:
    """Models whose changes are told: those of the plugins that are on."""
    on = enabled_set(current_company())
    return {
        key: model
        for key, model in services().registry.models.items()
        if key.partition(".")[0] in on
    }


def search(asked: Asked, limit: int = PAGE) -> tuple[list[Entry], int | None]:
    """The newest entries, and the number before which the next page goes on. Two statements."""
    statement = (
        sa.select(AuditEntry, User.name)
        .outerjoin(User, User.id == AuditEntry.user_id)
        .where(*_conditions(asked))
        .order_by(AuditEntry.id.desc())
        .limit(limit + 1)
    )
    rows = [(row[0], row[1] or "") for row in services().session.execute(statement)]
    entries = as_read(rows[:limit])
    return entries, entries[-1].id if len(rows) > limit else None


def count(asked: Asked, most: int) -> int:
    """How many entries there are, counted to ``most``."""
    some = sa.select(AuditEntry.id).where(*_conditions(asked)).limit(most).subquery()
    return services().session.scalar(sa.select(sa.func.count()).select_from(some)) or 0


def every(asked: Asked) -> Iterator[list[Entry]]:
    """All entries, a page at a time: memory does not grow with their number."""
    before = asked.before
    while True:
        entries, before = search(replace(asked, before=before), CHUNK)
        yield entries
        services().session.expunge_all()
        if before is None:
            return


def _conditions(asked: Asked) -> Iterator[sa.ColumnElement[bool]]:
    known = models()
    if asked.model:
        yield AuditEntry.model == (asked.model if asked.model in known else "")
    else:
        yield AuditEntry.model.in_(sorted(known))
    if asked.record is not None:
        yield AuditEntry.record_id == asked.record
    if asked.by_system:
        yield AuditEntry.user_id.is_(None)
    elif asked.user is not None:
        yield AuditEntry.user_id == asked.user
    if asked.action:
        yield AuditEntry.action == asked.action
    if asked.first is not None:
        yield AuditEntry.created_at >= _midnight(asked.first)
    if asked.last is not None:
        yield AuditEntry.created_at < _midnight(asked.last + dt.timedelta(days=1))
    if asked.text:
        yield _says(asked.text)
    if asked.before is not None:
        yield AuditEntry.id < asked.before


def _says(text: str) -> sa.ColumnElement[bool]:
    # As the database holds it: SQLite keeps the JSON as it was written, in ASCII.
    on_sqlite = services().engine.dialect.name == "sqlite"
    held = json.dumps(text, ensure_ascii=on_sqlite)[1:-1]
    changes = sa.cast(AuditEntry.changes, sa.Text())
    said = sa.func.lower(changes).contains(held.lower(), autoescape=True)
    # What the reader may not see is not found either.
    partly = [key for key, model in services().registry.models.items() if guarded_of(model)]
    if partly:
        said &= AuditEntry.model.not_in(partly)
    return sa.or_(AuditEntry.title.icontains(text, autoescape=True), said)


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), ZoneInfo(current_company().timezone))
