"""Targets that wait for somebody: for the answer of whose they are, or for who confirms them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_actor, current_company, has_permission, now
from plugin_api.money import from_minor
from plugins.targets.access import CONFIRM
from plugins.targets.models import Target
from plugins.targets.models.targets import TALKING

MOST = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """A target that is being agreed; figures in units that people read."""

    id: int
    name: str
    measure: str
    owner_id: int | None
    state: str
    value: Decimal
    is_money: bool
    countered: Decimal | None
    reason: str | None
    note: str | None
    proposed_at: datetime | None
    read_at: datetime | None
    answered_at: datetime | None


def _mine() -> sa.ColumnElement[bool]:
    """Targets that the actor, or somebody for whom they stand in, answers for."""
    actor = current_actor()
    return Target.owner_id.in_([actor.user_id or 0, *actor.stands_for])


def to_answer(limit: int = MOST) -> list[Waiting]:
    """What the actor is asked to agree to, the oldest first."""
    return _read(_mine(), Target.state == "proposed", limit=limit)


def answered(limit: int = MOST) -> list[Waiting]:
    """What the actor has answered and nobody has confirmed yet."""
    return _read(_mine(), Target.state.in_(("accepted", "countered")), limit=limit)


def to_confirm(limit: int = MOST) -> list[Waiting]:
    """What others are asked, or have answered, and the actor may confirm: counter-proposals
    first, then what was accepted, then what nobody has answered."""
    if not has_permission(CONFIRM):
        return []
    others = sa.or_(Target.owner_id.is_(None), Target.owner_id != (current_actor().user_id or 0))
    found = _read(host().records.visible(Target), Target.state.in_(TALKING), others, limit=limit)
    return sorted(found, key=lambda each: each.state != "countered")


def number_to_answer() -> int:
    """How many the actor is asked."""
    asked = (
        sa.select(sa.func.count()).select_from(Target).where(_mine(), Target.state == "proposed")
    )
    return host().session.scalar(asked) or 0


def mark_read() -> None:
    """The actor has seen what they are asked: kept as the moment, without another version. Only
    their own look counts, not that of who stands in."""
    me = current_actor().user_id
    if me is None:
        return
    host().session.execute(
        sa.update(Target)
        .where(Target.owner_id == me, Target.state == "proposed", Target.read_at.is_(None))
        .values(read_at=now())
    )


def _read(*where: Any, limit: int) -> list[Waiting]:
    asked = (
        sa.select(
            Target.id, Target.name, Target.measure, Target.owner_id, Target.state, Target.amount,
            Target.quantity, Target.countered, Target.counter_reason, Target.note,
            Target.proposed_at, Target.read_at, Target.answered_at,
        )
        .where(*where)
        .order_by(Target.state, Target.proposed_at, Target.id)
        .limit(limit)
    )  # fmt: skip
    return [_made(row) for row in host().session.execute(asked)]


def _made(row: Any) -> Waiting:
    money = row.amount is not None
    value = from_minor(row.amount, current_company().currency) if money else row.quantity
    return Waiting(
        id=row.id, name=row.name, measure=row.measure, owner_id=row.owner_id, state=row.state,
        value=value or Decimal(0), is_money=money, countered=row.countered,
        reason=row.counter_reason, note=row.note, proposed_at=row.proposed_at,
        read_at=row.read_at, answered_at=row.answered_at,
    )  # fmt: skip


def labels(found: Sequence[Waiting]) -> dict[str, Any]:
    """What measures are called; by their keys where they are not available."""
    known = {measure.key: measure.label for measure in host().measures.all()}
    return {each.measure: known.get(each.measure, each.measure) for each in found}
