"""Careers: where people stand on a ladder, and steps."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_actor, current_company, gettext, today
from plugin_api.errors import Forbidden, Rejected
from plugins.training.models import Career, CareerChange, Ladder, Level
from plugins.training.services.criteria import levels_of, ready


def complete(career: Career) -> None:
    """Name a career by its ladder, and refuse levels of another ladder, and days to come."""
    with host().session.no_autoflush:
        ladder = host().session.get(Ladder, (current_company().id, career.ladder_id))
    career.name = ladder.name if ladder else ""
    check(career)


def check(career: Career) -> None:
    """Refuse levels of another ladder, a target below, a day to come, being one's own mentor."""
    levels = {each.id: each for each in levels_of([career.ladder_id])}
    for field, level_id in (("level", career.level_id), ("target", career.target_id)):
        if level_id is not None and level_id not in levels:
            raise Rejected(field, gettext("This level belongs to another ladder."))
    target = levels.get(career.target_id or 0)
    if target is not None and target.position <= levels[career.level_id].position:
        raise Rejected("target", gettext("This level is not above the one reached."))
    if career.since > today():
        raise Rejected("since", gettext("This day is yet to come."))
    if career.mentor_id is not None and career.mentor_id == career.user_id:
        raise Rejected("mentor", gettext("Nobody is their own mentor."))


def check_promote(career: Career, values: Mapping[str, Any]) -> None:
    """Nobody promotes themselves; who is not ready is promoted for a reason that is written."""
    if career.user_id == current_actor().user_id:
        raise Forbidden(gettext("Nobody promotes themselves."))
    found = ready([career])[career.id]
    if found.level is None:
        raise Rejected("", gettext("There is no level above."))
    if (found.percent is None or found.percent < 100) and not values.get("reason"):
        words = gettext("Not all criteria are met: say why all the same.")
        raise Rejected("reason", words)


def promote(career: Career, values: dict[str, Any]) -> None:
    """Put somebody on the level that they aim at, and keep the step."""
    found = ready([career])[career.id]
    assert found.level is not None
    reason = values.pop("reason", None)
    _add_step(career, found.level, career.level_id, found.percent, reason)
    career.level_id, career.since, career.target_id = found.level.id, today(), None
    career.reason = reason


def _add_step(
    career: Career, to: Level, from_id: int | None, percent: Decimal | None, reason: str | None
) -> None:
    """Keep a step of somebody."""
    host().session.add(
        CareerChange(
            name=to.name, career_id=career.id, from_id=from_id, to_id=to.id, on=today(),
            readiness=percent, reason=reason, by_id=current_actor().user_id,
        )
    )  # fmt: skip


def begun(career: Career) -> None:
    """Keep where somebody began."""
    to = host().session.get_one(Level, (career.company_id, career.level_id))
    _add_step(career, to, None, None, career.reason)
    host().session.flush()


def steps(career_id: int) -> list[CareerChange]:
    """What is kept of somebody's steps, the latest first."""
    asked = sa.select(CareerChange).where(CareerChange.career_id == career_id)
    order = asked.order_by(CareerChange.on.desc(), CareerChange.id.desc())
    return list(host().session.scalars(order))
