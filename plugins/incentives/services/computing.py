"""What each period of a participant comes to. Pure: what is read stands in ``reading``.

Figures of money are in major units of the company's currency, others are plain numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from plugins.incentives.rules import curves, limits, tiers
from plugins.incentives.rules.lines import Line

ZERO, ONE = Decimal(0), Decimal(1)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``start`` to ``end``, both included."""

    start: date
    end: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """A component of a version. Rates, and starts of steps by a quota, are shares of 1."""

    id: int
    name: str
    measure: str
    kind: str
    credit: str = "own"
    only: tuple[str, str] | None = None
    rate: Decimal = ZERO
    budget: Decimal | None = None
    """Of a bonus: what all people together may get while the version is in force."""
    variable: Decimal = ZERO
    quota: Decimal | None = None
    steps: tuple[tiers.Step, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """A version of a plan."""

    id: int
    start: date
    end: date | None
    rules: tuple[Rule, ...]
    cap: Decimal | None = None
    carried: bool = False
    by_calendar: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Who takes part, from when to when."""

    user_id: int
    start: date
    end: date | None = None
    draw: Decimal = ZERO
    recovered: bool = True


@dataclass(frozen=True, slots=True)
class Base:
    """What a rule is applied to: the figure that is rated, and the person's part of it."""

    whole: Decimal
    own: Decimal

    @property
    def part(self) -> Decimal:
        """The person's share of what the whole brings."""
        return self.own / self.whole if self.whole else ZERO


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What a calculation asks of the company."""

    base: Callable[[Rule, Person, Period], Base]
    quota: Callable[[Rule, Person, Period], Decimal | None]
    share: Callable[[Terms, Person, Period], Decimal]
    """How much of a period somebody takes part in, as a share of 1."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """A line of a period: ``base`` × ``rate``. ``rule_id`` is None for caps and draws."""

    kind: str
    base: Decimal
    rate: Decimal
    rule_id: int | None = None
    step: Decimal | None = None
    end: Decimal | None = None

    @property
    def amount(self) -> Decimal:
        """The exact result."""
        return self.base * self.rate


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a person is paid for a period, line by line."""

    period: Period
    terms: Terms
    lines: tuple[Result, ...]

    @property
    def amount(self) -> Decimal:
        """What the lines come to."""
        return sum((line.amount for line in self.lines), ZERO)


def outcomes(
    stays: Sequence[Person], versions: Sequence[Terms], periods: Sequence[Period], facts: Facts
) -> list[Outcome]:
    """Every period that somebody takes part in, in its order: what a cap carries on and what a
    draw is owed go from one to the next, also where the rules change, or they come back. ``stays``
    are of one person, no two of them in one period."""
    made, brought, owed = [], ZERO, ZERO
    for period in periods:
        terms = in_force(versions, period)
        person = staying(stays, period)
        if terms is None or person is None:
            continue
        share = facts.share(terms, person, period)
        lines = [
            line for rule in terms.rules for line in _earned(rule, person, period, facts, share)
        ]
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


def earned(rule: Rule, base: Decimal, quota: Decimal | None, share: Decimal = ONE) -> list[Line]:
    """What a rule says of a figure; tiers and quotas are cut to the ``share`` of the period.

    A rule by a quota brings nothing where there is none.
    """
    if rule.kind in ("flat", "bonus"):
        return tiers.flat(base, rule.rate)
    if rule.kind == "curve":
        if not quota:
            return []
        paid = curves.payout(base / quota, [(step.start, step.rate) for step in rule.steps])
        return [Line(rule.variable * share, paid)]
    if rule.kind == "accelerator":
        if not quota:
            return []
        return tiers.marginal(base, tiers.accelerator(rule.variable * share, quota, rule.steps))
    steps = [tiers.Step(step.start * share, step.rate) for step in rule.steps]
    return (tiers.slab if rule.kind == "slab" else tiers.marginal)(base, steps)


def _earned(
    rule: Rule, person: Person, period: Period, facts: Facts, share: Decimal
) -> list[Result]:
    base, quota = facts.base(rule, person, period), facts.quota(rule, person, period)
    part = base.part if rule.credit == "team" else ONE
    return [
        Result(
            kind="earned", base=line.base * part, rate=line.rate, rule_id=rule.id,
            step=line.start, end=line.end,
        )
        for line in earned(rule, base.whole, quota, share)
        if line.base
    ]  # fmt: skip


def _plain(kind: str, amount: Decimal) -> Result:
    return Result(kind=kind, base=amount, rate=ONE)
