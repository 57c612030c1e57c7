"""One person against all their targets of a period."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from typing import Any

from plugin_api import host
from plugin_api.context import current_actor, current_company
from plugin_api.money import from_minor
from plugins.targets.models import Target
from plugins.targets.services import dimensions
from plugins.targets.services.attainment import Clock, Goal, Person, chain, due
from plugins.targets.services.pacing import Pacing
from plugins.targets.services.periods import Period
from plugins.targets.services.reading import (
    Yardstick,
    clock,
    figures,
    goal_of,
    targets_inside,
    yardstick,
)
from plugins.targets.services.visibility import visible_people


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """A measure, of all or of one ``member``, and how far the person is; ``stick`` is None while
    the measure is not available, ``pacing`` while its facts may not be read."""

    key: str
    stick: Yardstick | None
    pacing: Pacing | None
    member: str = ""
    weight: Decimal = Decimal(100)
    first_share: Decimal | None = None
    """The figure that was confirmed first, of the one that counts; None when it was not revised."""
    filters: Mapping[str, Any] = field(default_factory=dict)
    """What the figure is narrowed to, besides the person."""


def standings(
    person: Person, period: Period, only: Collection[str] | None = None
) -> list[Standing]:
    """Every measure the person has targets of in a period, or only some by their keys.

    One statement for the targets, then one a measure.
    """
    which = [] if only is None else [Target.measure.in_(only), Target.dimension.is_(None)]
    rows = targets_inside(period, Target.user_id == person.id, *which)
    now = clock()
    found = []
    for (key, dimension, member_key), group in groupby(rows, _of):
        of_this = list(group)
        stick, member = yardstick(key), of_this[0].member or ""
        if stick is None:
            if only is None:
                found.append(Standing(key=key, stick=None, pacing=None, member=member))
        else:
            goals = [goal_of(row, stick.unit) for row in of_this]
            narrowed = dimensions.filters(dimension, member_key)
            pacing = _pacing(stick, person, period, goals, now=now, narrowed=narrowed)
            found.append(
                Standing(
                    key=key,
                    stick=stick,
                    pacing=pacing,
                    member=member,
                    weight=of_this[0].weight,
                    first_share=_first_share(of_this),
                    filters=narrowed,
                )
            )
    return found


def _first_share(rows: Sequence[Any]) -> Decimal | None:
    """What was confirmed first of what counts by now, over all targets of a period."""
    if all(row.original is None for row in rows):
        return None
    values = [_major(row) for row in rows]
    first = [
        value if row.original is None else row.original
        for row, value in zip(rows, values, strict=True)
    ]
    whole, before = sum(values, Decimal(0)), sum(first, Decimal(0))
    return before / whole if whole and before != whole else None


def _major(row: Any) -> Decimal:
    if row.amount is not None:
        return from_minor(row.amount, current_company().currency)
    return row.quantity or Decimal(0)


def _of(row: Any) -> tuple[Any, ...]:
    return row.measure, row.dimension, row.member_key


def _pacing(
    stick: Yardstick,
    person: Person,
    period: Period,
    goals: Sequence[Goal],
    *,
    now: Clock,
    narrowed: Mapping[str, Any],
) -> Pacing | None:
    scope = stick.scope()
    if scope is None or not visible_people(scope, current_actor(), [person]):
        return None
    if not narrowed.keys() <= dimensions.of_measure(stick.measure).keys():
        return None
    mine = due(chain(goals, period), period, now, additive=stick.additive)
    if mine is None:
        return None
    credited = figures(stick.measure, period, filters={"user": person.id, **narrowed})
    return Pacing(
        actual=credited.get(person.id, stick.nothing).value,
        quota=mine.quota,
        elapsed=mine.elapsed,
        total=mine.total,
        expected_to_date=mine.expected,
        additive=stick.additive,
    )


def to_go(pacing: Pacing) -> Decimal:
    """What is missing to the target, 0 once it is reached."""
    return max(pacing.gap or Decimal(0), Decimal(0))


def achieved(pacing: Pacing, direction: str) -> Decimal | None:
    """Attainment as more is better: where less is, 2 − actual ÷ target, and not below 0."""
    share = pacing.attainment
    if share is None or direction != "down":
        return share
    return max(2 - share, Decimal(0))


def weighted(
    parts: Iterable[tuple[Decimal, Decimal | None]], cap: Decimal | None = None
) -> Decimal | None:
    """One attainment of several targets: Σ weight × attainment ÷ Σ weight, each attainment at most
    ``cap``. A target without an attainment is left out, and the others weigh more; None where none
    has one.

    40 % at 110 %, 30 % at 80 %, 30 % at 150 %: 113 %, capped at 120 %: 104 %.
    """
    known = [(weight, share) for weight, share in parts if share is not None and weight]
    if not known:
        return None
    capped = [(weight, share if cap is None else min(share, cap)) for weight, share in known]
    return sum((w * a for w, a in capped), Decimal(0)) / sum(w for w, _a in capped)


def together(found: Iterable[Standing]) -> Decimal | None:
    """The weighted attainment of a person's targets, by the company's cap."""
    percent = int(host().setting("targets.cap") or 0)
    parts = [
        (each.weight, achieved(each.pacing, each.stick.measure.direction))
        for each in found
        if each.stick is not None and each.pacing is not None
    ]
    return weighted(parts, Decimal(percent) / 100 if percent else None)
