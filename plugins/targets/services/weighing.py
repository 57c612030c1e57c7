"""Who or what is below a target, and by what its parts may be weighed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from plugin_api import host
from plugin_api.context import current_company
from plugin_api.periods import MONTHS
from plugins.targets.services import cycles
from plugins.targets.services.attainment import Figure, Person, Team, subtree
from plugins.targets.services.parts import Child, Over, Whole
from plugins.targets.services.periods import (
    Period,
    months_of,
    period_of,
    previous,
    year_before,
)
from plugins.targets.services.reading import figures
from plugins.targets.services.split import season

YEARS = 3
"""Earlier years that a season is made of."""


def cycle_of(period: Period) -> cycles.Cycle | None:
    """The cycle that lasts exactly as long."""
    days = (period.start, period.end)
    return next((each for each in cycles.all_cycles() if (each.start, each.end) == days), None)


def cuts(period: Period, over: Over) -> list[Period]:
    """The shorter periods that make it up; it alone where it holds none."""
    if over == "cycle":
        cycle = cycle_of(period)
        return [] if cycle is None else cycles.periods_of(cycle)
    if over == "months":
        return months_of(period)
    fiscal = current_company().fiscal_year_start
    found = [period_of("quarter", each.start, fiscal) for each in months_of(period)]
    return [each for each in dict.fromkeys(found) if period.covers(each)]


def below(whole: Whole, over: Over, teams: Sequence[Team], people: Sequence[Person]) -> list[Child]:
    """People of a team and all below, the teams right below it, or periods, without what they
    have now."""
    if over == "people":
        return _people(whole, teams, people)
    if over == "teams":
        return _teams(whole, teams, people)
    return _periods(whole, cuts(whole.period, over), teams)


def _child(**given: Any) -> Child:
    period: Period = given["period"]
    days = host().calendar.work_days(period.start, period.end)
    return Child(**{"days": Decimal(days), **given})


def _people(whole: Whole, teams: Sequence[Team], people: Sequence[Person]) -> list[Child]:
    level, id_ = whole.who
    inside = subtree(teams, id_) if level == "team" and id_ is not None else None
    before = figures(whole.stick.measure, previous(whole.period))
    return [
        _child(
            key=f"user-{p.id}", label=p.name, who=("user", p.id), period=whole.period,
            history=_plain(before.get(p.id)),
        )
        for p in people
        if p.active and p.team_id is not None and (inside is None or p.team_id in inside)
    ]  # fmt: skip


def _teams(whole: Whole, teams: Sequence[Team], people: Sequence[Person]) -> list[Child]:
    id_ = whole.who[1] if whole.who[0] == "team" else None
    ids = {team.id for team in teams}
    tops = [t for t in teams if t.parent_id == id_ or (id_ is None and t.parent_id not in ids)]
    before = figures(whole.stick.measure, previous(whole.period))
    made = []
    for team in tops:
        inside = subtree(teams, team.id)
        members = [p for p in people if p.team_id in inside]
        made.append(
            _child(
                key=f"team-{team.id}", label=team.name, who=("team", team.id),
                period=whole.period, heads=sum(p.active for p in members),
                history=sum((_plain(before.get(p.id)) for p in members), Decimal(0)),
            )
        )  # fmt: skip
    return made


def _periods(whole: Whole, periods: Sequence[Period], teams: Sequence[Team]) -> list[Child]:
    """With the same periods of the years before: one statement for all of them."""
    if not periods:
        return []
    back: list[list[Period]] = [list(periods)]
    for _year in range(YEARS):
        back.append([year_before(each) for each in back[-1]])
    level, id_ = whole.who
    filters: dict[str, Any] = {}
    if level == "user":
        filters = {"user": id_}
    elif level == "team" and id_ is not None:
        filters = {"team": sorted(subtree(teams, id_))}
    regular = all(each.kind in MONTHS for each in periods)
    span = Period("custom", back[-1][0].start, back[1][-1].end)
    found = figures(whole.stick.measure, span, "month" if regular else "day", filters)
    years = [[_inside(found, each) for each in year] for year in back[1:]]
    shares = season(years)
    return [
        _child(
            key=f"month-{each.start}" if each.kind == "month" else f"period-{each.start}",
            label=each.label, who=whole.who, period=each, history=years[0][i],
            season=shares[i] if shares else Decimal(0),
        )
        for i, each in enumerate(periods)
    ]  # fmt: skip


def _inside(found: dict[Any, Figure], period: Period) -> Decimal:
    total = Decimal(0)
    for key, figure in found.items():
        day = key if isinstance(key, date) else date.fromisoformat(str(key)[:10])
        if period.start <= day <= period.end:
            total += _plain(figure)
    return total


def _plain(figure: Figure | None) -> Decimal:
    return Decimal(0) if figure is None else figure.value or Decimal(0)
