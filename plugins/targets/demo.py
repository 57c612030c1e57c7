"""Two years of quarterly targets, grown from what each person did."""

from __future__ import annotations

import random
from collections import defaultdict
from decimal import Decimal
from typing import Any, TypeGuard

from plugin_api import host
from plugin_api.context import current_company, today
from plugin_api.measures import Measure
from plugin_api.money import precision, round_half_up
from plugins.targets.models import Target
from plugins.targets.services import reading
from plugins.targets.services.attainment import subtree
from plugins.targets.services.periods import Period, period_of, previous

QUARTERS = 9
"""This quarter and the two years before it."""
GROWTH = Decimal("1.02")
"""A quarter's target over that of the quarter before."""


def load(seed: int) -> None:
    """Targets on the first measure of money, for people, teams and the company.

    None when no plugin publishes such a measure.
    """
    measure = _measure()
    if measure is None:
        return
    quarters = _quarters()
    whole = Period("custom", quarters[0].start, quarters[-1].end)
    done = reading.figures(measure, whole)
    people = [person for person in reading.all_people() if person.active and person.id in done]
    teams = reading.all_teams()
    chance = random.Random(seed)
    for number, quarter in enumerate(quarters):
        by_team: dict[int | None, int] = defaultdict(int)
        for person in people:
            usual = done[person.id].numerator / QUARTERS
            growth = GROWTH ** (number - QUARTERS // 2) * chance.randint(90, 115) / 100
            amount = _thousands(usual * growth)
            _create(measure.key, quarter, amount, level="user", user_id=person.id)
            by_team[person.team_id] += amount
        for team in teams:
            amount = sum(by_team[id_] for id_ in subtree(teams, team.id))
            if amount:
                _create(measure.key, quarter, amount, level="team", team_id=team.id)
        if by_team:
            _create(measure.key, quarter, sum(by_team.values()), level="company")


def _measure() -> Measure | None:
    """The headline of those that suit, else the first."""
    suit = [measure for measure in host().measures.all() if _suits(measure)]
    return next((m for m in suit if m.headline), suit[0] if suit else None)


def _suits(measure: Any) -> TypeGuard[Measure]:
    return isinstance(measure, Measure) and measure.unit == "money" and not measure.snapshot


def _quarters() -> list[Period]:
    quarters = [period_of("quarter", today(), current_company().fiscal_year_start)]
    while len(quarters) < QUARTERS:
        quarters.append(previous(quarters[-1]))
    return quarters[::-1]


def _thousands(minor: Decimal) -> int:
    """Rounded to a thousand of the currency, at least one."""
    thousand: int = 1000 * 10 ** precision(current_company().currency)
    return max(round_half_up(minor / thousand), 1) * thousand


def _create(measure: str, quarter: Period, amount: int, **who: Any) -> None:
    host().records.create(
        Target,
        {
            "measure": measure, "period": "quarter", "start": quarter.start, "end": quarter.end,
            "amount": amount, **who,
        },
    )  # fmt: skip
