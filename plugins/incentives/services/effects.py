"""Did a version of a plan work? Who takes part is compared with who does not, by months."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import SYSTEM, acting_as, current_actor, current_company, today
from plugin_api.effects import (
    Case,
    Chosen,
    Effect,
    Unit,
    differ,
    difference,
    interrupted,
    pulled_forward,
    staggered,
)
from plugin_api.models import model_of
from plugin_api.money import from_minor
from plugin_api.periods import month_start, months_from
from plugins.incentives.models import Component, Participant, Version
from plugins.incentives.models.verdicts import Verdict

BEFORE, AFTER, SERIES = 6, 6, 24
"""Months that are looked at: before and after it came into force, and before it as a series."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """What the figures say of a version. ``series`` is of the mean of all who take part, where
    nobody does without it; ``dip`` of the time after it ended. Figures are a month and person."""

    measure: str
    is_money: bool
    before: tuple[date, date]
    after: tuple[date, date] | None
    effect: Effect
    series: Effect | None = None
    dip: Effect | None = None

    @property
    def words(self) -> list[str]:
        """Why there is no effect, and what must be known beside one, each once."""
        found = [
            each.words
            for effect in (self.effect, self.series, self.dip)
            if effect is not None
            for each in (*effect.refused, *effect.caveats)
        ]
        return list(dict.fromkeys(found))


def first_measure(version: Version) -> str:
    """What the version pays for first; empty for one without components."""
    asked = sa.select(Component.measure).where(Component.plan_version_id == version.id)
    return host().session.scalar(asked.order_by(Component.position, Component.id).limit(1)) or ""


def judge(version: Version, measure: str, chosen: Chosen = "rule") -> Judged:
    """Work out the effect on a measure. Raises NotFound for one that is not available, and Rejected
    for a ratio. Five statements."""
    # What the actor may not see is not told by its effect either.
    host().measures.get(measure)
    begun = month_start(version.valid_from)
    last = month_start(today()) - timedelta(days=1)
    stops = min(last, version.valid_to or last)
    after = [each for each in months_from(begun, AFTER) if each <= stops]
    later = months_from(month_start(version.valid_to, 1), AFTER) if version.valid_to else []
    later = [each for each in later if each <= last][: len(after)]
    before = months_from(begun, -BEFORE)
    history = months_from(begun, -SERIES)
    unit, table = _table(measure, history[0], last)
    taking, others = _sides(version, after[-1] if after else begun)
    teams = _teams()

    def case(user_id: int) -> Case:
        def of(months: list[date]) -> list[float | None]:
            return [table[user_id].get(month, 0.0) for month in months]

        # Who has nothing at all from before was not there: what they bring is no change.
        was_there = any(table[user_id].get(month) for month in history)
        return Case(
            treated=user_id in taking, before=of(before) if was_there else [None] * len(before),
            after=of(after), later=of(later),
            cluster=teams.get(user_id),
        )  # fmt: skip

    # Who has nothing of the measure at all is no seller.
    people = sorted(each for each in taking | others if any(table[each].values()))
    cases = [case(user_id) for user_id in people]
    effect = difference(cases, chosen=chosen)
    months = before + after
    starts = _starts(version, months)
    judged = sorted({*people, *(each for each in starts if any(table[each].values()))})
    if differ([starts.get(user_id) for user_id in judged]):
        effect = staggered(
            [
                Unit(values=(*case(user_id).before, *case(user_id).after),
                     start=starts.get(user_id), cluster=teams.get(user_id))
                for user_id in judged
            ],
            chosen=chosen,
        )  # fmt: skip
    series = None
    if people and effect.estimate is None and any(e.key == "no_control" for e in effect.refused):
        means = [
            sum(table[user_id].get(month, 0.0) for user_id in people) / len(people)
            for month in history + after
        ]
        # Before there were figures there was no level to change.
        first = next((i for i, mean in enumerate(means[: len(history)]) if mean), len(history))
        series = interrupted(means[first:], len(history) - first, season=12)
    dip = pulled_forward(cases, chosen=chosen) if later and effect.estimate is not None else None
    return Judged(
        measure=measure, is_money=unit == "money", before=(before[0], before[-1]),
        after=(after[0], after[-1]) if after else None, effect=effect, series=series, dip=dip,
    )  # fmt: skip


def keep(version: Version, judged: Judged) -> Verdict:
    """Add a verdict to the version."""
    effect = judged.series or judged.effect

    def exact(value: float | None) -> Decimal | None:
        return None if value is None else Decimal(str(round(value, 2)))

    made = Verdict(
        plan_version_id=version.id, day=today(), measure=judged.measure, said=effect.verdict,
        estimate=exact(effect.estimate), low=exact(effect.low), high=exact(effect.high),
        treated=judged.effect.treated, control=judged.effect.control,
        words="\n".join(judged.words) or None, by_id=current_actor().user_id,
        result={
            name: found.as_json
            for name in ("effect", "series", "dip")
            if (found := getattr(judged, name)) is not None
        },
    )  # fmt: skip
    host().session.add(made)
    host().session.flush()
    return made


def _table(measure: str, start: date, end: date) -> tuple[str, Mapping[int, Mapping[date, float]]]:
    """Each one's months, whatever the actor may see; money in major units."""
    scale = float(from_minor(1, current_company().currency))
    found: dict[int, dict[date, float]] = defaultdict(dict)
    with acting_as(current_company(), SYSTEM):
        unit = host().measures.get(measure).unit
        for point in host().measures.table(measure, start, end, ("month", "user")):
            month, user_id = point.keys
            if user_id is not None and point.value is not None:
                value = float(point.value) * (scale if unit == "money" else 1.0)
                found[user_id][month] = value
    return unit, found


def _sides(version: Version, last: date) -> tuple[set[int], set[int]]:
    """Who takes part in the plan up to the last month, and who does at no time of it."""
    user: Any = model_of("core.User")
    asked = sa.select(Participant.user_id, Participant.starts_on, Participant.ends_on).where(
        Participant.plan_id == version.plan_id
    )
    ever, taking = set[int](), set[int]()
    for user_id, starts, ends in host().session.execute(asked):
        if ends is None or ends >= version.valid_from:
            ever.add(user_id)
            if month_start(starts) <= month_start(version.valid_from) and (
                ends is None or ends >= last
            ):
                taking.add(user_id)
    all_ = host().session.scalars(sa.select(user.id).where(user.team_id.is_not(None)))
    return taking, set(all_) - ever


def _starts(version: Version, months: list[date]) -> dict[int, int]:
    """From which of the months on somebody who stays takes part, of those who do."""
    asked = sa.select(Participant.user_id, Participant.starts_on, Participant.ends_on).where(
        Participant.plan_id == version.plan_id
    )
    found: dict[int, int] = {}
    for user_id, starts, ends in host().session.execute(asked.order_by(Participant.starts_on)):
        first = max(month_start(starts), month_start(version.valid_from))
        if first in months and (ends is None or ends >= months[-1]):
            found.setdefault(user_id, months.index(first))
    return found


def _teams() -> dict[int, int]:
    user: Any = model_of("core.User")
    asked = sa.select(user.id, user.team_id).where(user.team_id.is_not(None))
    return {row[0]: row[1] for row in host().session.execute(asked)}
