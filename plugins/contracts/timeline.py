"""Contracts that were signed and that ended, for the timelines of accounts."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_company, gettext
from plugin_api.models import model_of
from plugin_api.panels import TimelineEntry
from plugins.contracts import display
from plugins.contracts.models import Contract

SIGNED, ENDED = 0, 1


def of_record(
    record_id: int, before: tuple[dt.datetime, int] | None, limit: int
) -> list[TimelineEntry]:
    """What happened to an account's contracts, the newest first. One statement."""
    if not display.sees_contracts():
        return []
    user: Any = model_of("core.User")
    asked = (
        sa.select(
            Contract.id, Contract.signed_on, Contract.ended_on, Contract.state, Contract.number,
            Contract.revision, display.column(Contract, "name"), user.name.label("who"),
        )
        .outerjoin(user, user.id == Contract.owner_id)
        .where(
            Contract.account_id == record_id, Contract.signed_on.is_not(None),
            host().records.visible(Contract),
        )
    )  # fmt: skip
    entries = [each for row in host().session.execute(asked) for each in _entries(row)]
    found = [each for each in entries if before is None or (each.at, each.id) < before]
    found.sort(key=lambda each: (each.at, each.id), reverse=True)
    return found[:limit]


def _entries(row: Any) -> list[TimelineEntry]:
    made = [_entry(row, SIGNED, row.signed_on, gettext("Contract signed"))]
    if row.ended_on is not None:
        said = gettext("Contract terminated") if row.state == "terminated" else ""
        made.append(_entry(row, ENDED, row.ended_on, said or gettext("Contract ended")))
    return made


def _entry(row: Any, event: int, day: dt.date, what: str) -> TimelineEntry:
    zone = ZoneInfo(current_company().timezone)
    return TimelineEntry(
        id=row.id * 2 + event,
        at=dt.datetime.combine(day, dt.time(12), zone).astimezone(dt.UTC),
        who=row.who or gettext("Nobody"),
        what=what,
        title=" ".join(filter(None, (f"{row.number} / {row.revision}", row.name))),
        href=host().record_url(display.CONTRACT, row.id),
        icon="file-earmark-text",
    )
