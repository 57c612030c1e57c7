"""The history that opportunities have behind them, written at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import today
from plugins.crm.demo.deals import Deal
from plugins.crm.models import CloseDateChange, Opportunity, StageChange
from plugins.crm.services.stages import stalls_on, steps

EXACT = {"version": 1}


def write_trail(records: Sequence[Opportunity], made: Sequence[Deal]) -> None:
    """Replace what creation wrote of the stages by the whole way, and add put-off closes."""
    session = host().session
    session.flush()
    session.execute(sa.delete(StageChange), execution_options={"synchronize_session": False})
    stays: list[dict[str, Any]] = []
    moves: list[dict[str, Any]] = []
    for record, deal in zip(records, made, strict=True):
        stays += _stays(record, deal)
        moves += [_move(record, *push) for push in deal.pushes]
        record.stage_since = record.closed_on or deal.path[-1][1] if record.stage_id else None
        step = steps().get(record.stage_id or 0)
        record.stalls_on = stalls_on(record, step) if step else None
        record.pushes = len(deal.pushes)
    for model, rows in ((StageChange, stays), (CloseDateChange, moves)):
        if rows:
            session.execute(sa.insert(model), rows)


def _stays(record: Opportunity, deal: Deal) -> Iterator[dict[str, Any]]:
    path = list(deal.path)
    if record.outcome in ("won", "lost") and record.stage_id and record.closed_on:
        path.append((record.stage_id, record.closed_on))
    ends = [at for _stage, at in path[1:]]
    last = today() if record.stage_id is None else None
    before = None
    for (stage_id, entered), left in zip(path, [*ends, last], strict=True):
        yield {
            **EXACT,
            "opportunity_id": record.id,
            "from_stage_id": before,
            "stage_id": stage_id,
            "entered_at": _noon(entered),
            "left_at": _noon(left) if left else None,
            "days": (left - entered).days if left else None,
            "user_id": record.owner_id,
        }
        before = stage_id


def _move(record: Opportunity, earlier: date, put_off: date) -> dict[str, Any]:
    later = record.expected_close or earlier
    return {
        **EXACT,
        "opportunity_id": record.id,
        "old_date": earlier,
        "new_date": later,
        "days": (later - earlier).days,
        "changed_at": _noon(put_off),
        "user_id": record.owner_id,
    }


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)
