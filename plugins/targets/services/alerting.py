"""Telling managers of targets that nobody will reach, and of those that were set too low."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import Text, gettext, today
from plugins.targets.models import Target, TargetAlert
from plugins.targets.services import naming, outlook, reading
from plugins.targets.services.attainment import Row
from plugins.targets.services.outlook import Outlook
from plugins.targets.services.periods import Period

TOLD = ("out_of_reach", "trivial")


def run() -> int:
    """Look at every target whose period is running, and tell who leads the person's team, once for
    each mark. Returns how many were told of."""
    found = list(_found())
    if not found:
        return 0
    alert: Any = TargetAlert
    ids = [row.goal_ids[0] for row, _said in found]
    asked = sa.select(alert.target_id, alert.mark).where(alert.target_id.in_(ids))
    known = {(target, mark) for target, mark in host().session.execute(asked)}
    fresh = [(row, said) for row, said in found if (row.goal_ids[0], said.mark) not in known]
    targets = {
        target.id: target
        for target in host().session.scalars(sa.select(Target).where(Target.id.in_(ids)))
    }
    teams = {person.id: person.team_id for person in reading.all_people()}
    host().records.add_rows(
        TargetAlert,
        [
            {
                "target_id": row.goal_ids[0], "mark": said.mark, "on": today(),
                "chance": _chance(said),
            }
            for row, said in fresh
        ],
    )  # fmt: skip
    for row, said in fresh:
        manager = naming.manager_of(teams.get(row.id or 0))
        if manager is not None and manager != row.id:
            host().remind(targets[row.goal_ids[0]], [manager], _text(row, said))
    return len(fresh)


def _found() -> Iterator[tuple[Row, Outlook]]:
    """What the ladder would mark, of targets of their own days."""
    day = today()
    asked = (
        sa.select(Target.measure, Target.period, Target.start, Target.end)
        .where(
            Target.level == "user",
            Target.dimension.is_(None),
            Target.state != "closed",
            Target.start <= day,
            Target.end >= day,
        )
        .distinct()
        .order_by(Target.measure, Target.start)
    )
    periods: Any = host().session.execute(asked).all()
    for key, kind, start, end in periods:
        stick = reading.yardstick(key)
        if stick is None:
            continue
        rows, said = outlook.standing_of(stick, Period(kind, start, end))
        for row in rows:
            held = said.get(row.id or 0) if row.level == "user" else None
            if held is not None and held.mark in TOLD and len(row.goal_ids) == 1:
                yield row, held


def _chance(said: Outlook) -> Decimal | None:
    shares = [each.share for each in (said.past, said.deals) if each is not None]
    return round(Decimal(max(shares)) * 100, 2) if shares else None


def _text(row: Row, said: Outlook) -> Text:
    if said.mark == "out_of_reach":
        return gettext("%(name)s's target looks out of reach.", name=row.name)
    return gettext("%(name)s's target was set too low, it seems.", name=row.name)
