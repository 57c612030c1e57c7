"""What each period of a participant comes to. Pure: what is read stands in ``figures``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from plugins.incentives.rules import limits
from plugins.incentives.services import earning
from plugins.incentives.services.earning import Part
from plugins.incentives.services.shapes import (
    ONE,
    ZERO,
    Facts,
    Outcome,
    Period,
    Person,
    Result,
    Rule,
    Terms,
)


def outcomes(
    stays: Sequence[Person], versions: Sequence[Terms], periods: Sequence[Period], facts: Facts
) -> list[Outcome]:
    """Every period that somebody takes part in, in its order: what a cap carries on, what a draw
    is owed, and figures of a year go from one to the next, also where the rules change, or they
    come back. ``stays`` are of one person, no two of them in one period."""
    made, brought, owed = [], ZERO, ZERO
    running: dict[object, Decimal] = defaultdict(Decimal)
    lived: dict[date, int] = defaultdict(int)
    for period in periods:
        terms = in_force(versions, period)
        person = staying(stays, period)
        if terms is None or person is None:
            continue
        share = facts.share(terms, person, period)
        nth, lived[person.start] = lived[person.start], lived[person.start] + 1
        ramp = _ramp(person, nth)
        lines: list[Result] = []
        for rule in terms.rules:
            key = running_of(rule, period, facts)
            before = running[key] if key is not None else None
            lines += earning.lines(rule, person, period, facts, Part(share, ramp, before))
            if key is not None:
                running[key] += facts.base(rule, person, period).whole
        earned = sum((line.amount for line in lines), ZERO)
        if brought:
            lines.append(_plain("brought", brought))
        most = None if terms.cap is None else terms.cap * share
        capped = limits.cap(earned, most, brought)
        if capped.over:
            lines.append(_plain("capped", -capped.over))
        brought = capped.over if terms.carried else ZERO
        drawn = limits.draw(capped.paid, person.draw * share, owed, recovered=person.recovered)
        if person.draw or owed:
            more = drawn.paid - capped.paid
            if more:
                lines.append(_plain("draw" if more > ZERO else "recovered", more))
            owed = drawn.balance
        made.append(Outcome(period, terms, tuple(lines)))
    return made


def ramp_of(
    stays: Sequence[Person], versions: Sequence[Terms], periods: Sequence[Period], period: Period
) -> Decimal:
    """The share of quotas and tiers that counts in a period, by how long somebody takes part."""
    person = staying(stays, period)
    if person is None:
        return ONE
    before = (each for each in periods if each.start < period.start and in_force(versions, each))
    return _ramp(person, sum(1 for each in before if staying(stays, each) is person))


def _ramp(person: Person, nth: int) -> Decimal:
    return person.ramp[nth] if nth < len(person.ramp) else ONE


def running_of(rule: Rule, period: Period, facts: Facts) -> object:
    """What figures are added up under, where a period is rated with those before it; else None. A
    component goes on under its name when a version follows another within a year."""
    if rule.basis == "version":
        return (rule.id,)
    if rule.basis == "year":
        return (rule.name, rule.measure, facts.year(period))
    return None


def staying(stays: Sequence[Person], period: Period) -> Person | None:
    """The part that somebody takes in a period."""
    return next(
        (
            each
            for each in stays
            if each.start <= period.end and (each.end is None or period.start <= each.end)
        ),
        None,
    )


def in_force(versions: Sequence[Terms], period: Period) -> Terms | None:
    """The version whose rules hold for a period: the newest that has begun by its first day."""
    found = [
        each
        for each in versions
        if each.start <= period.start and (each.end is None or period.end <= each.end)
    ]
    return max(found, key=lambda each: (each.start, each.id), default=None)


def _plain(kind: str, amount: Decimal) -> Result:
    return Result(kind=kind, base=amount, rate=ONE)
