"""What became of the pipeline since a day: its parts add up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_company
from plugins.crm.models import CloseDateChange, Opportunity, StageChange
from plugins.crm.services.attention import in_use


@dataclass(frozen=True, slots=True)
class Part:
    """How many opportunities, and their amounts as they are now, in minor units."""

    count: int
    amount: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Changed:
    """``opening`` + ``created`` - ``won`` - ``lost`` = ``closing``. ``moved`` and ``postponed``
    count open ones that went to another stage, or whose expected close was put off."""

    opening: Part
    created: Part
    won: Part
    lost: Part
    closing: Part
    moved: int
    postponed: int


def changed_since(day: date) -> Changed:
    """Since the end of a day, of what the actor sees, in two statements. Who was created and closed
    since is both; void ones and open ones that are archived are not there at all."""
    is_open = Opportunity.outcome == "open"
    closed = ~is_open & (Opportunity.closed_on > day)
    created = sa.func.coalesce(Opportunity.created_on > day, sa.false())
    parts = {
        "opening": (is_open | closed) & ~created,
        "created": (is_open | closed) & created,
        "won": closed & (Opportunity.outcome == "won"),
        "lost": closed & (Opportunity.outcome == "lost"),
        "closing": is_open,
    }
    seen = (
        Opportunity.outcome != "void",
        ~is_open | in_use(),
        host().records.visible(Opportunity),
    )
    amount = sa.func.coalesce(Opportunity.amount_company, 0)
    row = (
        host()
        .session.execute(
            sa.select(
                *(sa.func.count(sa.case((part, 1))) for part in parts.values()),
                *(
                    sa.func.coalesce(sa.func.sum(sa.case((part, amount))), 0)
                    for part in parts.values()
                ),
            ).where(*seen)
        )
        .one()
    )
    sums = zip(parts, row[: len(parts)], row[len(parts) :], strict=True)
    moved, postponed = _moves(day, *seen, is_open)
    made = {name: Part(int(count), int(total)) for name, count, total in sums}
    return Changed(**made, moved=moved, postponed=postponed)


def _moves(day: date, *seen: sa.ColumnElement[bool]) -> tuple[int, int]:
    since = datetime.combine(day, time.max, ZoneInfo(current_company().timezone))
    moved = sa.select(StageChange.opportunity_id).where(
        StageChange.entered_at > since, StageChange.from_stage_id.is_not(None)
    )
    later = sa.select(CloseDateChange.opportunity_id).where(
        CloseDateChange.changed_at > since, CloseDateChange.days > 0
    )
    row = (
        host()
        .session.execute(
            sa.select(
                sa.func.count(sa.case((Opportunity.id.in_(moved), 1))),
                sa.func.count(sa.case((Opportunity.id.in_(later), 1))),
            ).where(*seen)
        )
        .one()
    )
    return int(row[0]), int(row[1])
