"""What comes next for a person, what one more deal would bring, and what a draft would have paid.
Nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, NamedTuple

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_company, today
from plugin_api.errors import Refused
from plugin_api.money import precision, to_minor
from plugin_api.periods import month_start
from plugins.incentives.models import Entry, Plan, Version
from plugins.incentives.models.common import BY_QUOTA
from plugins.incentives.services import figures, periods, posting, reading
from plugins.incentives.services.computing import (
    in_force,
    outcomes,
    ramp_of,
    running_of,
    staying,
)
from plugins.incentives.services.shapes import (
    Base,
    Facts,
    Period,
    Person,
    Rule,
    Terms,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Prospect:
    """A component of the running period: how far it is, and from where on the next step pays more.
    Figures of money are in major units."""

    rule: Rule
    base: Decimal
    is_money: bool
    quota: Decimal | None
    next_at: Decimal | None
    next_rate: Decimal | None
    href: str


def prospects(plan: Plan, user_id: int) -> list[Prospect]:
    """How far one's own components of the running period are, as far as the actor may see the
    figures."""
    found = _running(plan, user_id)
    if found is None:
        return []
    stays, person, period, terms, company, facts = found
    share = company.share(terms, person, period)
    ramp = ramp_of(stays, company.versions, company.periods, period)
    made = []
    for rule in terms.rules:
        if rule.credit != "own" or rule.basis == "each":
            continue
        base, quota = company.base(rule, person, period), company.quota(rule, person, period)
        key = running_of(rule, period, facts)
        earlier = [] if key is None else company.periods[:-1]
        for each in earlier:
            part = staying(found.stays, each)
            if part is not None and running_of(rule, each, facts) == key:
                more = company.base(rule, part, each).whole
                base = replace(base, whole=base.whole + more, own=base.own + more)
        if rule.kind not in BY_QUOTA and key is None:
            # Tiers of who joins or leaves are cut as they are when pay is worked out.
            cut = [replace(step, start=step.start * share * ramp) for step in rule.steps]
        else:
            cut = list(rule.steps)
        quota = None if quota is None else quota * ramp
        made.append(_prospect(replace(rule, steps=tuple(cut)), base, quota, period, person))
    return made


def one_more(plan: Plan, user_id: int, rule_id: int, amount: Decimal) -> int | None:
    """What one more deal of ``amount`` would bring in the running period, in minor units, caps and
    draws included. None where nothing is running."""
    found = _running(plan, user_id)
    if found is None:
        return None
    period, company = found.period, found.company

    def paid(more: Decimal) -> Decimal:
        def base(rule: Rule, who: Person, of: Period) -> Base:
            held = company.base(rule, who, of)
            if rule.id != rule_id or of != period:
                return held
            return replace(held, whole=held.whole + more, own=held.own + more)

        def each(rule: Rule, who: Person, of: Period) -> Sequence[tuple[int, Decimal]]:
            held = company.each(rule, who, of)
            return [*held, (0, more)] if rule.id == rule_id and of == period else held

        def values(rule: Rule, who: Person, of: Period) -> Sequence[tuple[str, Decimal]]:
            held = company.values(rule, who, of)
            return [*held, ("", more)] if rule.id == rule_id and of == period else held

        facts = replace(found.facts, base=base, each=each, values=values)
        all_ = outcomes(found.stays, company.versions, company.periods, facts)
        return next(each.amount for each in all_ if each.period == period)

    return to_minor(paid(amount) - paid(Decimal(0)), current_company().currency)


def tried(version: Version) -> list[tuple[int, int, int]]:
    """The last twelve months under a draft: person, what was entered, what the draft would pay, in
    minor units. Nothing is written; the version holds as if it had always been there."""
    plan = host().session.get_one(Plan, (version.company_id, version.plan_id))
    year = current_company().fiscal_year_start
    last = periods.period_of(plan.period, today(), year).start
    start = month_start(last, -12)
    cut = [p for p in periods.between(plan.period, start, today(), year) if p.end < today()]
    own = next(t for t in reading.terms_of(plan.id, draft=version.id) if t.id == version.id)
    terms = replace(own, start=cut[0].start, end=None) if cut else own
    facts = figures.Company(plan, [terms], cut).of(sorted(reading.stays_of(plan.id)))
    wanted: dict[int, int] = {}
    digits = precision(current_company().currency)
    for user_id, stays in reading.stays_of(plan.id).items():
        for each in outcomes(stays, [terms], cut, facts) if cut else ():
            # Rounded as entries are, or somebody would seem to lose a cent.
            wanted[user_id] = wanted.get(user_id, 0) + sum(posting.minor(each.lines, digits))
    entered = _entered(plan.id, cut)
    people = wanted.keys() | entered.keys()
    return sorted((id_, entered.get(id_, 0), wanted.get(id_, 0)) for id_ in people)


def _entered(plan_id: int, cut: Sequence[Period]) -> dict[int, int]:
    if not cut:
        return {}
    asked = sa.select(Entry.user_id, sa.func.sum(Entry.amount)).where(
        Entry.plan_id == plan_id, Entry.start >= cut[0].start, Entry.end <= cut[-1].end
    )
    found = host().session.execute(asked.group_by(Entry.user_id))
    return {row[0]: int(row[1]) for row in found}


class Running(NamedTuple):
    """What a person is paid by in the period that runs."""

    stays: Sequence[Person]
    person: Person
    period: Period
    terms: Terms
    company: figures.Company
    facts: Facts


def _running(plan: Plan, user_id: int) -> Running | None:
    versions = reading.terms_of(plan.id)
    cut = reading.periods_of(plan, versions)
    if not cut:
        return None
    period = cut[-1]
    terms = in_force(versions, period)
    stays = reading.stays_of(plan.id, [user_id]).get(user_id, ())
    person = staying(stays, period)
    if terms is None or person is None:
        return None
    company = figures.Company(plan, versions, cut)
    return Running(stays, person, period, terms, company, company.of([user_id]))


def _prospect(
    rule: Rule, base: Base, quota: Decimal | None, period: Period, person: Person
) -> Prospect:
    reached = base.whole / quota if rule.kind in BY_QUOTA and quota else base.whole
    following = next((step for step in rule.steps if step.start > reached), None)
    at = None
    if following is not None and (rule.kind not in BY_QUOTA or quota):
        at = following.start * quota if rule.kind in BY_QUOTA and quota else following.start
    try:
        unit = host().measures.get(rule.measure).unit
        filters: dict[str, Any] = {"user": person.user_id}
        if rule.only:
            filters[rule.only[0]] = figures.value_of(rule.only[1])
        behind = host().measures.records(rule.measure, period.start, period.end, filters)
        href = host().list_url(behind.model, behind.query)
    except Refused:
        unit, href = "number", ""
    return Prospect(
        rule=rule, base=base.whole, is_money=unit == "money", quota=quota, next_at=at,
        next_rate=following.rate if following and at is not None else None, href=href,
    )  # fmt: skip
