"""Entering what a calculation comes to: the difference to what was entered before, and no more.

A period is always calculated anew from all that is known of it, so that the order in which things
happened or were heard of makes no difference, and calculating twice enters nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import SYSTEM, acting_as, current_company, gettext, today
from plugin_api.errors import NotFound, Rejected
from plugin_api.models import model_of
from plugin_api.money import precision
from plugins.incentives.models import Entry, Plan, Statement
from plugins.incentives.models.common import company_currency
from plugins.incentives.rules.lines import rounded
from plugins.incentives.services import periods as cutting
from plugins.incentives.services import reading, words
from plugins.incentives.services.computing import (
    Outcome,
    Period,
    Result,
    Terms,
    outcomes,
)

CALCULATED = ("earned", "capped", "brought", "draw", "recovered")
Place = tuple[int, date, int | None, str, Decimal | None]
"""Whose line of which period it is: component, kind, and where its step begins."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a calculation has come to: people and periods looked at, entries made, their sum."""

    people: int
    periods: int
    entries: int
    amount: int


def calculate(plan: Plan, only: int | None = None) -> Done:
    """Calculate a plan, or one person in it, and enter what differs. In one transaction, alone.
    Raises Rejected where a figure is not available: what it has brought is not taken back."""
    session = host().session
    # Who calculates it meanwhile waits, and finds what was entered.
    session.execute(sa.select(Plan.id).where(Plan.id == plan.id).with_for_update())
    versions = reading.terms_of(plan.id)
    periods = reading.periods_of(plan, versions)
    facts = reading.Company(plan, versions, periods).facts()
    # All figures count, whatever whoever starts it may see.
    with acting_as(current_company(), SYSTEM):
        _check_figures(versions)
        wanted = {
            (user_id, outcome.period.start): outcome
            for user_id, stays in reading.stays_of(plan.id, only).items()
            for outcome in outcomes(stays, versions, periods, facts)
        }
    made = _enter(plan, wanted, _entered(plan.id, only))
    return Done(len({user for user, _start in wanted}), len(wanted), len(made), sum(made))


def _check_figures(versions: Sequence[Terms]) -> None:
    """Every rule's figure is there. Raises Rejected, as while its plugin is off."""
    for rule in (rule for terms in versions for rule in terms.rules):
        try:
            host().measures.get(rule.measure)
        except NotFound:
            said = gettext("This figure is not available.")
            raise Rejected("", f"{rule.name} ({rule.measure}): {said}") from None


def adjust(plan: Plan, user_id: int, day: date, amount: int, reason: str) -> Entry:
    """Enter an amount that follows from no rule."""
    period = cutting.period_of(plan.period, day, current_company().fiscal_year_start)
    ledger = _Ledger(plan)
    entry = ledger.add(user_id, period, "adjusted", whole=amount, amount=amount, text=reason)
    ledger.close()
    return entry


def minor(lines: Sequence[Result]) -> list[int]:
    """Whole minor units of a period's lines. What one component brings is rounded once."""
    made = [0] * len(lines)
    places: dict[tuple[int | None, str], list[int]] = defaultdict(list)
    for i, line in enumerate(lines):
        places[line.rule_id, line.kind].append(i)
    scale = Decimal(10) ** precision(current_company().currency)
    for some in places.values():
        for i, amount in zip(some, rounded(lines[i].amount * scale for i in some), strict=True):
            made[i] = amount
    return made


def _kept(step: Decimal | None) -> Decimal | None:
    return None if step is None else round(step, 6)


def _entered(plan_id: int, only: int | None) -> dict[Place, int]:
    asked = (
        sa.select(
            Entry.user_id, Entry.start, Entry.component_id, Entry.kind, Entry.step,
            sa.func.sum(Entry.amount),
        )
        .where(Entry.plan_id == plan_id, Entry.kind.in_(CALCULATED))
        .group_by(Entry.user_id, Entry.start, Entry.component_id, Entry.kind, Entry.step)
    )  # fmt: skip
    if only is not None:
        asked = asked.where(Entry.user_id == only)
    return {(*row[:5],): int(row[5]) for row in host().session.execute(asked)}


def _enter(
    plan: Plan, wanted: dict[tuple[int, date], Outcome], entered: dict[Place, int]
) -> list[int]:
    ledger, made = _Ledger(plan), []
    names = {rule.id: rule.name for each in wanted.values() for rule in each.terms.rules}
    for (user_id, start), outcome in wanted.items():
        for line, whole in zip(outcome.lines, minor(outcome.lines), strict=True):
            place = (user_id, start, line.rule_id, line.kind, _kept(line.step))
            more = whole - entered.pop(place, 0)
            if more:
                text = words.formula(line, names.get(line.rule_id or 0, ""))
                ledger.add(
                    user_id, outcome.period, line.kind, whole=whole, amount=more, text=text,
                    line=line, plan_version_id=outcome.terms.id,
                )  # fmt: skip
                made.append(more)
    for (user_id, start, rule_id, kind, step), amount in entered.items():
        # A line that is not there any more, as when a return leads below a step.
        if amount:
            gone = Result(kind=kind, base=Decimal(0), rate=Decimal(0), rule_id=rule_id, step=step)
            period = cutting.period_of(plan.period, start, current_company().fiscal_year_start)
            text = words.formula(gone, names.get(rule_id or 0, ""))
            ledger.add(user_id, period, kind, whole=0, amount=-amount, text=text, line=gone)
            made.append(-amount)
    ledger.close()
    return made


class _Ledger:
    """Entries of a plan, and the statements that they go into."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._statements: dict[int, dict[date, Statement]] = defaultdict(dict)
        asked = sa.select(Statement).where(Statement.plan_id == plan.id).order_by(Statement.start)
        for each in host().session.scalars(asked):
            self._statements[each.user_id][each.start] = each
        numbers = sa.select(Entry.user_id, Entry.start, sa.func.max(Entry.number)).where(
            Entry.plan_id == plan.id
        )
        found = host().session.execute(numbers.group_by(Entry.user_id, Entry.start))
        self._numbers = {(row[0], row[1]): int(row[2]) for row in found}
        self._names: dict[int, str] = {}

    def add(
        self, user_id: int, period: Period, kind: str, *, whole: int, amount: int, text: str,
        line: Result | None = None, plan_version_id: int | None = None,
    ) -> Entry:  # fmt: skip
        """One entry, in the statement of its period or, once that is approved, in the next."""
        statement = self._statement(user_id, period)
        number = self._numbers[user_id, period.start] = (
            self._numbers.get((user_id, period.start), 0) + 1
        )
        entry = Entry(
            posted_on=today(), user_id=user_id, statement_id=statement.id, plan_id=self._plan.id,
            plan_version_id=plan_version_id, component_id=line.rule_id if line else None,
            start=period.start, end=period.end, kind=kind, text=text[:500], whole=whole,
            amount=amount, base=line.base if line else Decimal(0),
            rate=line.rate if line else Decimal(0), step=_kept(line.step) if line else None,
            number=number, currency=company_currency(),
        )  # fmt: skip
        host().session.add(entry)
        statement.amount += amount
        return entry

    def close(self) -> None:
        """Write all of it."""
        host().session.flush()

    def _statement(self, user_id: int, period: Period) -> Statement:
        there = self._statements[user_id]
        found = there.get(period.start)
        if found is not None and found.state == "open":
            return found
        if found is not None:
            later = (each for start, each in sorted(there.items()) if start > period.start)
            opened = next((each for each in later if each.state == "open"), None)
            if opened is not None:
                return opened
            year = current_company().fiscal_year_start
            last = max(there.values(), key=lambda each: each.start)
            following = last.end.toordinal() + 1
            day = max(today(), date.fromordinal(following))
            period = cutting.period_of(self._plan.period, day, year)
        made = Statement(
            plan_id=self._plan.id, user_id=user_id, start=period.start, end=period.end,
            state="open", amount=0, currency=company_currency(),
            name=f"{self._name(user_id)} · {self._plan.name} · {words.period(period)}"[:300],
        )  # fmt: skip
        host().session.add(made)
        host().session.flush()
        there[period.start] = made
        return made

    def _name(self, user_id: int) -> str:
        if not self._names:
            user: Any = model_of("core.User")
            found = host().session.execute(sa.select(user.id, user.name))
            self._names = {row[0]: row[1] for row in found}
        return self._names.get(user_id, f"#{user_id}")
