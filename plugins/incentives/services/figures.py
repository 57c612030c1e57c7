"""The figures that a plan pays for.

One statement for each measure, however many people and periods there are, and one more for each
person who joins or leaves within a period.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from plugin_api import host
from plugin_api.context import current_company
from plugin_api.errors import NotFound
from plugin_api.host import MeasuredFact
from plugin_api.money import from_minor
from plugins.incentives.models import Plan
from plugins.incentives.models.common import USE_QUOTA
from plugins.incentives.rules import bonuses, clawback
from plugins.incentives.services import periods as cutting
from plugins.incentives.services import quotas, reading, teams
from plugins.incentives.services.computing import in_force
from plugins.incentives.services.shapes import (
    ONE,
    ZERO,
    Base,
    Facts,
    Period,
    Person,
    Rule,
    Second,
    Terms,
)

Figures = Mapping[tuple[int, date], Decimal]
Eaches = Mapping[tuple[int, date], Sequence[tuple[int, Decimal]]]


class Company:
    """Figures, quotas and days of a plan's periods, each read once.

    What is rated by itself is read for ``people`` alone, who are calculated together.
    """

    def __init__(self, plan: Plan, versions: Sequence[Terms], periods: Sequence[Period]) -> None:
        self._kind, self._plan_id = plan.period, plan.id
        self.periods = periods
        self.versions = versions
        self._figures: dict[Any, Figures] = {}
        self._quotas: dict[str, Mapping[int, Mapping[tuple[date, date], Decimal]]] = {}
        self._eaches: dict[Any, Eaches] = {}
        self._valued: dict[Any, Mapping[tuple[int, date], Mapping[str, Decimal]]] = {}
        self._people: Collection[int] = ()

    def of(self, people: Collection[int]) -> Facts:
        """What a calculation of some people asks."""
        self._people, self._eaches = people, {}
        return Facts(
            base=self.base, quota=self.quota, share=self.share, second=self.second,
            each=self.each, year=self.year, values=self.values,
        )  # fmt: skip

    def year(self, period: Period) -> date:
        """The first day of the fiscal year of a period."""
        return cutting.period_of("year", period.start, current_company().fiscal_year_start).start

    def share(self, terms: Terms, person: Person, period: Period) -> Decimal:
        """How much of a period somebody takes part in."""
        start, end = window(person, period)
        if (start, end) == (period.start, period.end):
            return ONE
        if terms.by_calendar:
            return Decimal((end - start).days + 1) / ((period.end - period.start).days + 1)
        days = host().calendar.work_days
        worked, whole = days(start, end), days(period.start, period.end)
        if worked:
            return Decimal(worked) / whole
        # Who takes part on days off alone has a part of it nevertheless: tiers of none are none.
        return Decimal((end - start).days + 1) / ((period.end - period.start).days + 1)

    def base(self, rule: Rule, person: Person, period: Period) -> Base:
        """The figure that a rule is applied to."""
        if rule.kind == "bonus":
            units = self._granted(rule).get((person.user_id, period.start), ZERO)
            return Base(units, units)
        counted = teams.counted(rule.credit, person.user_id, self._teams)
        found = self._of(rule, period, window(person, period))
        own = found.get((person.user_id, period.start), ZERO)
        if rule.credit == "own":
            return Base(own, own)
        whole = sum((found.get((user, period.start), ZERO) for user in counted), ZERO)
        return Base(whole, own if rule.credit == "team" else whole)

    def second(self, rule: Rule, person: Person, period: Period) -> Second:
        """The second figure of a component, of the person alone, and its quota."""
        other = replace(rule, measure=rule.second, only=None, earned_over=0)
        found = self._of(other, period, window(person, period))
        quota = self._quota(rule, other.measure, rule.second_quota, person, period)
        return Second(found.get((person.user_id, period.start), ZERO), quota)

    def quota(self, rule: Rule, person: Person, period: Period) -> Decimal | None:
        """What is to be reached: what the rule says, for the part of the period that somebody takes
        part in, or the person's target."""
        if rule.kind not in USE_QUOTA:
            return None
        return self._quota(rule, rule.measure, rule.quota, person, period)

    def each(self, rule: Rule, person: Person, period: Period) -> Sequence[tuple[int, Decimal]]:
        """What is rated by itself."""
        part = window(person, period)
        whole = part == (period.start, period.end)
        days = (self.periods[0].start, self.periods[-1].end) if whole else part
        key = (rule.measure, rule.only, rule.each_by, days)
        if key not in self._eaches:
            read = self._values if rule.each_by else self._records
            self._eaches[key] = read(rule, *days, whole)
        first = part[0] if rule.each_by and not whole else period.start
        return self._eaches[key].get((person.user_id, first), ())

    def values(self, rule: Rule, person: Person, period: Period) -> Sequence[tuple[str, Decimal]]:
        """Figures by the value that a table of rates goes by."""
        part = window(person, period)
        whole = part == (period.start, period.end)
        days = (self.periods[0].start, self.periods[-1].end) if whole else part
        key = (rule.measure, rule.only, rule.rated_by, days)
        if key not in self._valued:
            made: dict[tuple[int, date], dict[str, Decimal]] = defaultdict(dict)
            by = ("user", rule.rated_by, *((self._kind,) if whole else ()))
            for keys, value in _table(rule, *days, by):
                place = (keys[0], keys[2] if whole else part[0])
                made[place]["" if keys[1] is None else str(keys[1])] = value
            self._valued[key] = made
        first = period.start if whole else part[0]
        below = rule.credit == "below"
        people = teams.counted("below", person.user_id, self._teams) if below else [person.user_id]
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for user_id in people:
            for said, value in self._valued[key].get((user_id, first), {}).items():
                sums[said] += value
        return sorted(sums.items())

    def _quota(
        self, rule: Rule, measure: str, said: Decimal | None, person: Person, period: Period
    ) -> Decimal | None:
        terms = next(each for each in self.versions if rule in each.rules)
        share = self.share(terms, person, period)
        if said is not None:
            return said * share
        found = self._targets(measure).get(person.user_id, {})
        exact = found.get((period.start, period.end))
        if exact is None:
            inside = [
                value
                for (start, end), value in found.items()
                if period.start <= start and end <= period.end
            ]
            exact = sum(inside, ZERO) if inside else None
        return None if exact is None else exact * share

    @cached_property
    def _teams(self) -> Mapping[int, teams.Team]:
        return teams.known()

    def _records(self, rule: Rule, start: date, end: date, by_period: bool) -> Eaches:
        """Figures by record, by person and period."""
        sums: dict[tuple[int, date], dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
        scale = _scale(rule.measure)
        starts = [each.start for each in self.periods]
        for fact in _facts(rule, start, end, self._people):
            first = starts[bisect_right(starts, fact.on) - 1]
            sums[fact.user_id or 0, first][fact.record_id] += fact.value * scale
        return {place: sorted(some.items()) for place, some in sums.items()}

    def _values(self, rule: Rule, start: date, end: date, by_period: bool) -> Eaches:
        """Figures by value of a dimension, by person and period; what has none is number 0."""
        found: dict[tuple[int, date], list[tuple[int, Decimal]]] = defaultdict(list)
        by = ("user", rule.each_by, *((self._kind,) if by_period else ()))
        for keys, value in _table(rule, start, end, by, self._people):
            found[keys[0], keys[2] if by_period else start].append((keys[1] or 0, value))
        return {place: sorted(some) for place, some in found.items()}

    def _granted(self, rule: Rule) -> Figures:
        """Units that a budget pays for, in the order in which they came about."""
        key = (rule.id, "granted")
        if key not in self._figures:
            terms = next(each for each in self.versions if rule in each.rules)
            cut = [each for each in self.periods if in_force(self.versions, each) == terms]
            known = _facts(rule, cut[0].start, cut[-1].end) if cut else []
            facts = [each for each in known if self._takes_part(each)]
            whose = [each.user_id for each in facts]
            paid = bonuses.granted([each.value for each in facts], rule.rate, rule.budget, whose)
            found: dict[tuple[int, date], Decimal] = defaultdict(Decimal)
            for fact, granted in zip(facts, paid, strict=True):
                start = next(each.start for each in cut if each.start <= fact.on <= each.end)
                found[fact.user_id or 0, start] += granted.units
            self._figures[key] = found
        return self._figures[key]

    def _takes_part(self, fact: MeasuredFact) -> bool:
        stays = self._stays.get(fact.user_id or 0, ())
        return any(s.start <= fact.on and (s.end is None or fact.on <= s.end) for s in stays)

    @cached_property
    def _stays(self) -> Mapping[int, Sequence[Person]]:
        return reading.stays_of(self._plan_id)

    def _of(self, rule: Rule, period: Period, part: tuple[date, date]) -> Figures:
        """Figures by person, under the first day of the period."""
        whole = part == (period.start, period.end)
        key = (rule.measure, rule.only, rule.earned_over, None if whole else part)
        if key not in self._figures:
            if rule.earned_over:
                made = self._lasting(rule, period, None if whole else part)
            elif whole:
                days = (self.periods[0].start, self.periods[-1].end)
                made = {
                    (keys[0], keys[1]): value
                    for keys, value in _table(rule, *days, ("user", self._kind))
                }
            else:
                made = {
                    (keys[0], period.start): value for keys, value in _table(rule, *part, ("user",))
                }
            self._figures[key] = made
        return self._figures[key]

    def _lasting(
        self, rule: Rule, period: Period, part: tuple[date, date] | None
    ) -> dict[tuple[int, date], Decimal]:
        """Figures by the day of the sale, of which what is lost later counts for the months that
        are left."""
        days = (self.periods[0].start, self.periods[-1].end)
        starts = [each.start for each in self.periods]
        made: dict[tuple[int, date], Decimal] = defaultdict(Decimal)
        for keys, value in _table(rule, *days, ("user", "original", "day")):
            user, original, on = keys
            if original < days[0] or (part and not part[0] <= original <= part[1]):
                continue
            first = period.start if part else starts[bisect_right(starts, original) - 1]
            made[user, first] += clawback.kept(value, original, on, rule.earned_over)
        return made

    def _targets(self, measure: str) -> Mapping[int, Mapping[tuple[date, date], Decimal]]:
        if measure not in self._quotas:
            self._quotas[measure] = (
                quotas.targets_of(measure) if host().is_enabled("targets") else {}
            )
        return self._quotas[measure]


def window(person: Person, period: Period) -> tuple[date, date]:
    """The days of a period that somebody takes part in."""
    return max(person.start, period.start), min(person.end or period.end, period.end)


def filters_of(rule: Rule, people: Collection[int] | None = None) -> dict[str, Any]:
    """What a component's figures are narrowed to."""
    made: dict[str, Any] = {rule.only[0]: value_of(rule.only[1])} if rule.only else {}
    return made if people is None else {**made, "user": sorted(people)}


def _table(
    rule: Rule, start: date, end: date, by: tuple[str, ...], people: Collection[int] | None = None
) -> list[tuple[tuple[Any, ...], Decimal]]:
    """Figures of a measure; none where its plugin is off."""
    try:
        scale = _scale(rule.measure)
        found = host().measures.table(rule.measure, start, end, by, filters_of(rule, people))
    except NotFound:
        return []
    return [(point.keys, point.value * scale) for point in found if point.value is not None]


def _facts(
    rule: Rule, start: date, end: date, people: Collection[int] | None = None
) -> list[MeasuredFact]:
    """What is rated by itself, in its order; none where the measure's plugin is off."""
    try:
        return host().measures.facts(rule.measure, start, end, filters_of(rule, people))
    except NotFound:
        return []


def _scale(measure: str) -> Decimal:
    """What figures of a measure are multiplied with to be in major units."""
    is_money = host().measures.get(measure).unit == "money"
    return from_minor(1, current_company().currency) if is_money else ONE


def value_of(said: str) -> Any:
    """What a dimension is narrowed to: the number of a record, or a text."""
    return int(said) if said.isdecimal() and len(said) < 19 else said
