"""One person against all their targets of a period."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_actor
from plugins.targets.models import Target
from plugins.targets.services.attainment import Person, chain, due
from plugins.targets.services.pacing import Pacing
from plugins.targets.services.periods import Period
from plugins.targets.services.reading import Yardstick, clock, figures, goals, yardstick
from plugins.targets.services.visibility import visible_people


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """A measure and how far the person is; ``stick`` is None while the measure is not available,
    ``pacing`` while its facts may not be read."""

    key: str
    stick: Yardstick | None
    pacing: Pacing | None


def standings(person: Person, period: Period, keys: Iterable[str] | None = None) -> list[Standing]:
    """Every measure the person has targets of in a period, or those of ``keys`` that he has."""
    mine = Target.user_id == person.id
    wanted = (
        sa.select(Target.measure)
        .where(mine, Target.start >= period.start, Target.end <= period.end)
        .distinct()
        .order_by(Target.measure)
    )
    found = []
    for key in host().session.scalars(wanted).all():
        if keys is None or key in keys:
            stick = yardstick(key)
            pacing = _pacing(stick, person, period) if stick is not None else None
            found.append(Standing(key=key, stick=stick, pacing=pacing))
    return found


def _pacing(stick: Yardstick, person: Person, period: Period) -> Pacing | None:
    scope = stick.scope()
    if scope is None or not visible_people(scope, current_actor(), [person]):
        return None
    by_who = goals(stick.unit, stick.measure.key, period, Target.user_id == person.id)
    now = clock()
    mine = due(
        chain(by_who.get(("user", person.id), ()), period), period, now, additive=stick.additive
    )
    if mine is None:
        return None
    credited = figures(stick.measure, period, filters={"user": person.id})
    figure = credited.get(person.id, stick.nothing)
    return Pacing(
        actual=figure.value,
        quota=mine.quota,
        elapsed=mine.elapsed,
        total=mine.total,
        expected_to_date=mine.expected,
        additive=stick.additive,
    )


def to_go(pacing: Pacing) -> Decimal:
    """What is missing to the target, 0 once it is reached."""
    return max(pacing.gap or Decimal(0), Decimal(0))
