"""What calculating a plan reads: its versions, who takes part, and the figures they are paid for.

One statement for each measure, however many people and periods there are, and one more for each
person who joins or leaves within a period.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_company, today
from plugin_api.errors import NotFound
from plugin_api.host import MeasuredFact
from plugin_api.models import model_of
from plugin_api.money import from_minor
from plugins.incentives.models import Component, Participant, Plan, Step, Version
from plugins.incentives.models.common import BY_QUOTA
from plugins.incentives.rules import bonuses, tiers
from plugins.incentives.services import periods as cutting
from plugins.incentives.services import teams
from plugins.incentives.services.computing import (
    ONE,
    ZERO,
    Base,
    Facts,
    Period,
    Person,
    Rule,
    Terms,
    in_force,
)

HUNDRED = Decimal(100)
Figures = Mapping[tuple[int, date], Decimal]


def major(minor: int | None) -> Decimal:
    """An amount in the company's currency; 0 of none."""
    return from_minor(minor or 0, current_company().currency)


def terms_of(plan_id: int, *, draft: int | None = None) -> list[Terms]:
    """Versions that are or were in force, with their rules; ``draft`` is the id of one more, which
    is looked at as if it were."""
    session = host().session
    wanted = sa.or_(Version.state != "draft", Version.id == draft)
    versions = session.scalars(
        sa.select(Version).where(Version.plan_id == plan_id, wanted).order_by(Version.valid_from)
    ).all()
    ids = [version.id for version in versions]
    parts: dict[int, list[Component]] = defaultdict(list)
    asked = sa.select(Component).where(Component.plan_version_id.in_(ids))
    for part in session.scalars(asked.order_by(Component.position, Component.id)):
        parts[part.plan_version_id].append(part)
    steps: dict[int, list[Step]] = defaultdict(list)
    within = sa.select(Component.id).where(Component.plan_version_id.in_(ids))
    for step in session.scalars(sa.select(Step).where(Step.component_id.in_(within))):
        steps[step.component_id].append(step)
    return [
        Terms(
            id=version.id, start=version.valid_from, end=version.valid_to,
            rules=tuple(rule_of(part, steps[part.id]) for part in parts[version.id]),
            cap=None if version.cap is None else major(version.cap),
            carried=version.carried, by_calendar=version.by_calendar,
        )
        for version in versions
    ]  # fmt: skip


def rule_of(part: Component, steps: Sequence[Step]) -> Rule:
    """A component as it is calculated with."""
    scale = HUNDRED if part.rule in BY_QUOTA else ONE
    rate = major(part.each) if part.each is not None else (part.rate or ZERO) / HUNDRED
    return Rule(
        id=part.id, name=part.name, measure=part.measure, kind=part.rule, credit=part.credit,
        only=(part.only_by, part.only) if part.only_by and part.only else None,
        rate=rate, budget=None if part.budget is None else major(part.budget),
        variable=major(part.variable), quota=part.quota,
        steps=tuple(tiers.Step(step.start / scale, step.rate / HUNDRED) for step in steps),
    )  # fmt: skip


def stays_of(plan_id: int, people: Collection[int] | None = None) -> Mapping[int, Sequence[Person]]:
    """Who takes part in a plan, or some of them, and from when to when: who comes back does so
    twice."""
    asked = sa.select(Participant).where(Participant.plan_id == plan_id)
    if people is not None:
        asked = asked.where(Participant.user_id.in_(people))
    found: dict[int, list[Person]] = defaultdict(list)
    for each in host().session.scalars(asked.order_by(Participant.user_id, Participant.starts_on)):
        found[each.user_id].append(
            Person(
                user_id=each.user_id, start=each.starts_on, end=each.ends_on,
                draw=major(each.draw), recovered=each.recovered,
            )
        )  # fmt: skip
    return found


def periods_of(plan: Plan, versions: Sequence[Terms], until: date | None = None) -> list[Period]:
    """Periods from the first version to that of today, or of ``until``."""
    if not versions:
        return []
    first = min(each.start for each in versions)
    year = current_company().fiscal_year_start
    return cutting.between(plan.period, first, until or today(), year)


class Company:
    """Figures, quotas and days of a plan's periods, each read once."""

    def __init__(self, plan: Plan, versions: Sequence[Terms], periods: Sequence[Period]) -> None:
        self._kind, self._plan_id = plan.period, plan.id
        self.periods = periods
        self._figures: dict[Any, Figures] = {}
        self._quotas: dict[str, Mapping[tuple[int, date, date], Decimal]] = {}
        self.versions = versions

    def facts(self) -> Facts:
        """What a calculation asks."""
        return Facts(base=self.base, quota=self.quota, share=self.share)

    def share(self, terms: Terms, person: Person, period: Period) -> Decimal:
        """How much of a period somebody takes part in."""
        start, end = _window(person, period)
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
        window = _window(person, period)
        figures: Mapping[int, Decimal]
        if window == (period.start, period.end):
            known = self._of_periods(rule)
            figures = {
                user: known.get((user, period.start), ZERO)
                for user in teams.counted(rule.credit, person.user_id, self._teams)
            }
        else:
            figures = self._of_days(rule, window)
        own = figures.get(person.user_id, ZERO)
        if rule.credit == "own":
            return Base(own, own)
        whole = sum(
            (
                figures.get(user, ZERO)
                for user in teams.counted(rule.credit, person.user_id, self._teams)
            ),
            ZERO,
        )
        return Base(whole, own if rule.credit == "team" else whole)

    def quota(self, rule: Rule, person: Person, period: Period) -> Decimal | None:
        """What is to be reached: what the rule says, for the part of the period that somebody takes
        part in, or the person's target."""
        if rule.kind not in BY_QUOTA:
            return None
        terms = next(each for each in self.versions if rule in each.rules)
        share = self.share(terms, person, period)
        if rule.quota is not None:
            return rule.quota * share
        found = self._targets(rule.measure)
        exact = found.get((person.user_id, period.start, period.end))
        if exact is None:
            inside = [
                value
                for (user, start, end), value in found.items()
                if user == person.user_id and period.start <= start and end <= period.end
            ]
            exact = sum(inside, ZERO) if inside else None
        return None if exact is None else exact * share

    def _counted(self, rule: Rule, person: Person) -> frozenset[int]:
        return teams.counted(rule.credit, person.user_id, self._teams)

    @cached_property
    def _teams(self) -> Mapping[int, teams.Team]:
        return teams.known()

    def _granted(self, rule: Rule) -> Figures:
        """Units that a budget pays for, in the order in which they came about."""
        key = (rule.id, "granted")
        if key not in self._figures:
            terms = next(each for each in self.versions if rule in each.rules)
            cut = [each for each in self.periods if in_force(self.versions, each) == terms]
            facts = [each for each in _facts(rule, cut) if self._takes_part(each)] if cut else []
            paid = bonuses.granted([each.value for each in facts], rule.rate, rule.budget)
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
        return stays_of(self._plan_id)

    def _of_periods(self, rule: Rule) -> Figures:
        key = (rule.measure, rule.only)
        if key not in self._figures:
            self._figures[key] = {
                (keys[0], keys[1]): value
                for keys, value in _table(
                    rule, self.periods[0].start, self.periods[-1].end, ("user", self._kind)
                )
            }
        return self._figures[key]

    def _of_days(self, rule: Rule, window: tuple[date, date]) -> Mapping[int, Decimal]:
        key = (rule.measure, rule.only, window)
        if key not in self._figures:
            found = {
                (keys[0], window[0]): value for keys, value in _table(rule, *window, ("user",))
            }
            self._figures[key] = found
        return {user: value for (user, _day), value in self._figures[key].items()}

    def _targets(self, measure: str) -> Mapping[tuple[int, date, date], Decimal]:
        if measure not in self._quotas:
            self._quotas[measure] = _targets(measure) if host().is_enabled("targets") else {}
        return self._quotas[measure]


def _window(person: Person, period: Period) -> tuple[date, date]:
    return max(person.start, period.start), min(person.end or period.end, period.end)


def _table(
    rule: Rule, start: date, end: date, by: tuple[str, ...]
) -> list[tuple[tuple[Any, ...], Decimal]]:
    """Figures of a measure; none where its plugin is off."""
    filters = {rule.only[0]: value_of(rule.only[1])} if rule.only else {}
    try:
        unit = host().measures.get(rule.measure).unit
        found = host().measures.table(rule.measure, start, end, by, filters)
    except NotFound:
        return []
    scale = _major if unit == "money" else Decimal
    return [(point.keys, scale(point.value)) for point in found if point.value is not None]


def _facts(rule: Rule, cut: Sequence[Period]) -> list[MeasuredFact]:
    """What a bonus is given for, in its order; none where the measure's plugin is off."""
    filters = {rule.only[0]: value_of(rule.only[1])} if rule.only else {}
    try:
        return host().measures.facts(rule.measure, cut[0].start, cut[-1].end, filters)
    except NotFound:
        return []


def _major(value: Decimal) -> Decimal:
    return value * from_minor(1, current_company().currency)


def value_of(said: str) -> Any:
    """What a dimension is narrowed to: the number of a record, or a text."""
    return int(said) if said.isdecimal() and len(said) < 19 else said


def _targets(measure: str) -> dict[tuple[int, date, date], Decimal]:
    """People's targets on a measure, by person and days."""
    target: Any = model_of("targets.Target")
    asked = sa.select(target.user_id, target.start, target.end, target.amount, target.quantity)
    found = host().session.execute(asked.where(target.level == "user", target.measure == measure))
    return {
        (row[0], row[1], row[2]): major(row[3]) if row[3] is not None else (row[4] or ZERO)
        for row in found
    }
