"""The stays of opportunities in stages, and the moves of their expected close."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_actor, current_company, now, today
from plugins.crm.models import CloseDateChange, Opportunity, StageChange


def begin(record: Opportunity) -> None:
    """Write where a new opportunity is, and where it was when it was closed, as far as known."""
    entered = _start(record.stage_since)
    came_from = record.closed_from_id
    if came_from is not None:
        began = min(_start(record.created_on) if record.created_on else entered, entered)
        _stay(record, came_from, None, began, entered if record.stage_id else now())
    if record.stage_id is not None:
        _stay(record, record.stage_id, came_from, entered, None)


def follow_stage(record: Opportunity) -> None:
    """End the stay that lasts, and begin one in the stage where the opportunity is now."""
    session, moment = host().session, now()
    lasting = session.execute(_lasting(), {"opportunity": record.id}).all()
    if lasting and lasting[-1].stage_id == record.stage_id:
        return
    for stay in lasting:
        ended = sa.update(StageChange).where(StageChange.id == stay.id)
        session.execute(
            ended.values(
                left_at=moment, days=max((moment - stay.entered_at).days, 0), updated_at=moment,
                updated_by=current_actor().user_id, version=StageChange.version + 1,
            )
        )  # fmt: skip
    if record.stage_id is not None:
        _stay(record, record.stage_id, lasting[-1].stage_id if lasting else None, moment, None)


@cache
def _lasting() -> sa.Select[int, int, datetime]:
    """The stays of an opportunity that have no end yet, the oldest first."""
    return (
        sa.select(StageChange.id, StageChange.stage_id, StageChange.entered_at)
        .where(
            StageChange.opportunity_id == sa.bindparam("opportunity"),
            StageChange.left_at.is_(None),
        )
        .order_by(StageChange.id)
    )


def follow_close_date(record: Opportunity, old: date | None, new: date | None) -> None:
    """Write that the expected close was moved."""
    row = {
        "opportunity_id": record.id, "old_date": old, "new_date": new,
        "days": (new - old).days if old and new else None,
        "changed_at": now(), "user_id": current_actor().user_id,
    }  # fmt: skip
    host().records.add_rows(CloseDateChange, [row])


def _stay(
    record: Opportunity,
    stage_id: int,
    from_stage_id: int | None,
    entered_at: datetime,
    left_at: datetime | None,
) -> None:
    row = {
        "opportunity_id": record.id, "from_stage_id": from_stage_id, "stage_id": stage_id,
        "entered_at": entered_at, "left_at": left_at,
        "days": (left_at - entered_at).days if left_at else None,
        "user_id": current_actor().user_id,
    }  # fmt: skip
    host().records.add_rows(StageChange, [row])


def _start(day: date | None) -> datetime:
    """This instant for today; else the beginning of the day in the company's time zone."""
    if day is None or day >= today():
        return now()
    return datetime.combine(day, time(), ZoneInfo(current_company().timezone))
