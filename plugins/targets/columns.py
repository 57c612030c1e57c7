"""How far people are, beside their names in the list of people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from flask import url_for

from plugin_api import host
from plugin_api.context import SYSTEM, acting_as, current_actor, current_company, today
from plugin_api.context import lazy_gettext as _
from plugin_api.models import model_of
from plugin_api.panels import Fact
from plugin_api.views import ExtraColumn, ViewExtension
from plugins.targets import display
from plugins.targets.models import Snapshot, Target
from plugins.targets.services import actuals, kept, reading
from plugins.targets.services.attainment import Person, chain, due
from plugins.targets.services.periods import period_of
from plugins.targets.services.reading import (
    READ,
    by_importance,
    clock,
    figures,
    goal_of,
    targets_inside,
    yardstick,
)
from plugins.targets.services.visibility import visible_people


def attainment(ids: Sequence[int]) -> Mapping[int, Fact]:
    """This quarter's attainment on the first measure that any of the people has a target of.

    Three statements, however many people: the targets, the people, the figures.
    """
    quarter = period_of("quarter", today(), current_company().fiscal_year_start)
    rows = targets_inside(quarter, Target.user_id.in_(ids), Target.dimension.is_(None))
    measured = {row.measure for row in rows}
    key = next((measure.key for measure in by_importance() if measure.key in measured), "")
    stick = yardstick(key) if key else None
    scope = stick.scope() if stick else None
    if stick is None or scope is None:
        return {}
    user: Any = model_of("core.User")
    found = host().session.execute(
        sa.select(user.id, user.name, user.team_id, user.active).where(
            user.id.in_([row.user_id for row in rows if row.measure == key])
        )
    )
    people = visible_people(scope, current_actor(), [Person(*row) for row in found])
    actual = figures(stick.measure, quarter, filters={"user": [p.id for p in people]})
    made, now = {}, clock()
    for person in people:
        goals = [goal_of(r, stick.unit) for r in rows if (r.measure, r.user_id) == (key, person.id)]
        goal = due(chain(goals, quarter), quarter, now, additive=stick.additive)
        value = actual.get(person.id, stick.nothing).value
        if goal is None or not goal.quota or value is None:
            continue
        share = value / goal.quota
        made[person.id] = Fact(
            label=stick.measure.label,
            value=display.share(share),
            share=float(share),
            href=url_for("targets.person", user_id=person.id),
        )
    return made


def by_now(ids: Sequence[int]) -> Mapping[int, Fact]:
    """What closed targets come to by now."""
    return {
        id_: Fact(label="", value=display.read(now, money)) for id_, now, _then, money in _now(ids)
    }


def difference(ids: Sequence[int]) -> Mapping[int, Fact]:
    """What came, or went, after the closing."""
    return {
        id_: Fact(label="", value=display.read(now - then, money))
        for id_, now, then, money in _now(ids)
        if now != then
    }


def _now(ids: Sequence[int]) -> list[tuple[int, Decimal, Decimal, bool]]:
    """Snapshot, what its target comes to by now, what it came to, and whether that is money."""
    asked = sa.select(Snapshot.id, Snapshot.target_id, Snapshot.actual).where(Snapshot.id.in_(ids))
    held = host().session.execute(asked).all()

    def read() -> Mapping[int, tuple[Decimal | None, bool]]:
        with acting_as(current_company(), SYSTEM):
            rows = actuals.rows_of(row.target_id for row in held)
            found = actuals.outcomes(rows, reading.all_teams())
        return {row.id: (found[row.id].actual, row.amount is not None) for row in rows}

    now = kept.kept(("by now", tuple(ids)), read)
    made = []
    for row in held:
        actual, money = now.get(row.target_id, (None, False))
        if actual is not None:
            made.append((row.id, actual, row.actual or Decimal(0), money))
    return made


EXTENSIONS = (
    ViewExtension(
        model="targets.Snapshot",
        after="attainment",
        columns=(
            ExtraColumn(name="difference", label=_("Difference since"), load=difference),
            ExtraColumn(name="by_now", label=_("By now"), load=by_now),
        ),
        permission="targets.Snapshot.read",
    ),
    ViewExtension(
        model="core.User",
        after="role",
        columns=(
            ExtraColumn(name="attainment", label=_("Attainment this quarter"), load=attainment),
        ),
        permission=READ,
    ),
)
