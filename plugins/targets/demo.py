"""Two years of quarterly targets, grown from what each person did, and how they were agreed."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from typing import Any, TypeGuard

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_company, gettext, now, today
from plugin_api.measures import Measure
from plugin_api.money import precision, round_half_up
from plugins.targets.models import Target, TargetCycle
from plugins.targets.services import agreeing, reading
from plugins.targets.services.attainment import subtree
from plugins.targets.services.kept import by_rule
from plugins.targets.services.periods import Period, period_of, previous

QUARTERS = 9
"""This quarter and the two years before it."""
GROWTH = Decimal("1.02")
"""A quarter's target over that of the quarter before."""


def load(seed: int) -> None:
    """Targets on the first measure of money, for people, teams and the company: those of past
    quarters closed, this quarter's agreed, and the next one's being agreed.

    None when no plugin publishes such a measure.
    """
    measure = _measure()
    if measure is None:
        return
    quarters = _quarters()
    whole = Period("custom", quarters[0].start, quarters[-2].end)
    done = reading.figures(measure, whole)
    sold = {user_id for user_id, figure in done.items() if figure.numerator > 0}
    people = [person for person in reading.all_people() if person.active and person.id in sold]
    teams = reading.all_teams()
    cycles = _cycles(quarters)
    chance = random.Random(seed)
    for number, quarter in enumerate(quarters):
        rows: list[dict[str, Any]] = []
        by_team: dict[int | None, int] = defaultdict(int)
        for person in people:
            usual = done[person.id].numerator / QUARTERS
            growth = GROWTH ** (number - QUARTERS // 2) * chance.randint(90, 115) / 100
            amount = _thousands(usual * growth)
            rows.append({"amount": amount, "level": "user", "user_id": person.id})
            by_team[person.team_id] += amount
        for team in teams:
            amount = sum(by_team[id_] for id_ in subtree(teams, team.id))
            if amount:
                rows.append({"amount": amount, "level": "team", "team_id": team.id})
        if by_team:
            rows.append({"amount": sum(by_team.values()), "level": "company"})
        _create(measure.key, quarter, rows)
    _agree(quarters[-2], quarters[-1])
    for cycle in cycles:
        ends = [each.end for each in quarters if cycle.start <= each.start and each.end < today()]
        ends = [end for end in ends if end <= cycle.end]
        if ends:
            host().records.transition(cycle, "close", {"closed_to": max(ends)})


def _cycles(quarters: list[Period]) -> list[TargetCycle]:
    """The fiscal years that the quarters lie in."""
    fiscal = current_company().fiscal_year_start
    years = dict.fromkeys(period_of("year", each.start, fiscal) for each in quarters)
    return [
        host().records.create(
            TargetCycle,
            {
                "name": gettext("Fiscal year %(name)s", name=year.label), "start": year.start,
                "end": year.end, "grain": "quarter",
            },
        )
        for year in years
    ]  # fmt: skip


def _agree(this: Period, following: Period) -> None:
    """This quarter's targets are locked; of the next one's the first is accepted, and the second
    countered."""
    targets = (
        host()
        .session.scalars(
            sa.select(Target)
            .where(Target.start.in_((this.start, following.start)))
            .order_by(Target.id)
        )
        .all()
    )
    for target in targets:
        if target.start == this.start:
            target.state, target.original = "locked", target.value
            target.confirmed_at = now()
            agreeing.note(target, "confirmed", target.value)
    asked = [t for t in targets if t.start == following.start and t.level == "user"]
    note = {"note": gettext("As last quarter, and a little more.")}
    for target in asked:
        host().records.transition(target, "propose", note)
    for target, move in zip(asked, ("accept", "counter"), strict=False):
        with host().acting_for(target.user_id or 0):
            values: dict[str, Any] = {}
            if move == "counter":
                reason = gettext("A new customer wants to start in the spring only.")
                values = {"countered": target.value * 9 / 10, "counter_reason": reason}
            host().records.transition(target, move, values)


def _measure() -> Measure | None:
    """The headline of those that suit, else the first."""
    suit = [measure for measure in host().measures.all() if _suits(measure)]
    return next((m for m in suit if m.headline), suit[0] if suit else None)


def _suits(measure: Any) -> TypeGuard[Measure]:
    return isinstance(measure, Measure) and measure.unit == "money" and not measure.snapshot


def _quarters() -> list[Period]:
    """The past ones, this one, and the next."""
    fiscal = current_company().fiscal_year_start
    quarters = [period_of("quarter", today(), fiscal)]
    quarters.insert(0, period_of("quarter", quarters[0].end + timedelta(days=1), fiscal))
    while len(quarters) <= QUARTERS:
        quarters.append(previous(quarters[-1]))
    return quarters[::-1]


def _thousands(minor: Decimal) -> int:
    """Rounded to a thousand of the currency, at least one."""
    thousand: int = 1000 * 10 ** precision(current_company().currency)
    return max(round_half_up(minor / thousand), 1) * thousand


def _create(measure: str, quarter: Period, rows: list[dict[str, Any]]) -> None:
    of = {
        "measure": measure, "period": "quarter", "start": quarter.start, "end": quarter.end,
    }  # fmt: skip
    with by_rule():
        host().records.create_many(Target, [of | row for row in rows])
