"""Entering what a calculation comes to: the difference to what was entered before, and no more.

A period is always calculated anew from all that is known of it, so that the order in which things
happened or were heard of makes no difference, and calculating twice enters nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import SYSTEM, acting_as, current_company, gettext
from plugin_api.errors import NotFound, Rejected
from plugin_api.money import precision
from plugins.incentives.models import Entry, Participant, Plan
from plugins.incentives.rules.lines import rounded
from plugins.incentives.services import figures, reading, words
from plugins.incentives.services import periods as cutting
from plugins.incentives.services.computing import outcomes
from plugins.incentives.services.ledger import Ledger, kept
from plugins.incentives.services.shapes import Outcome, Result, Terms

CALCULATED = ("earned", "withheld", "capped", "brought", "draw", "recovered")
LARGEST, LARGEST_RATE = Decimal(9) * 10**12, Decimal(9) * 10**8
"""The figure and the rate that an entry holds."""
LIMITED = ("capped", "draw", "recovered")
PART = 500
"""So many people are calculated and entered at once by :func:`in_parts`."""
Place = tuple[int, date, int | None, str, Decimal | None, int | None]
"""Whose line of which period it is: component, kind, where its step begins, and of what alone."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a calculation has come to: people and periods looked at, entries made, their sum."""

    people: int = 0
    periods: int = 0
    entries: int = 0
    amount: int = 0

    def __add__(self, other: Done) -> Done:
        return Done(
            self.people + other.people, self.periods + other.periods,
            self.entries + other.entries, self.amount + other.amount,
        )  # fmt: skip


def calculate(plan: Plan, only: int | None = None) -> Done:
    """Calculate a plan, or one person in it, and enter what differs. In one transaction, alone.
    Raises Rejected where a figure is not available: what it has brought is not taken back."""
    people = people_of(plan.id) if only is None else [only]
    return _Reader(plan).calculate(people)


def in_parts(plan: Plan, size: int = PART) -> Iterator[tuple[int, int, Done]]:
    """Calculate a plan for ``size`` people at a time: how many are done, of how many, and what
    they came to. Who commits after each part keeps it when the rest is not done: the next
    calculation goes on, and ends as one in one go would. Raises Rejected as :func:`calculate`."""
    reader, people = _Reader(plan), people_of(plan.id)
    for i in range(0, len(people), size):
        done = reader.calculate(people[i : i + size])
        yield min(i + size, len(people)), len(people), done


def people_of(plan_id: int) -> list[int]:
    """Everybody who takes part in a plan, or has entries in it."""
    taking = sa.select(Participant.user_id).where(Participant.plan_id == plan_id)
    paid = sa.select(Entry.user_id).where(Entry.plan_id == plan_id)
    return sorted(host().session.scalars(sa.union(taking, paid)))


class _Reader:
    """Calculates a plan; what it reads of figures is read once, as long as the rules stay."""

    def __init__(self, plan: Plan) -> None:
        self._plan_id = plan.id
        self._company: figures.Company | None = None

    def calculate(self, people: Sequence[int]) -> Done:
        """Calculate some people, and enter what differs."""
        session = host().session
        # Who calculates it meanwhile waits, and finds what was entered.
        asked = sa.select(Plan).where(Plan.id == self._plan_id).with_for_update()
        plan = session.scalars(asked).one()
        versions = reading.terms_of(plan.id)
        if self._company is None or self._company.versions != versions:
            self._company = figures.Company(plan, versions, reading.periods_of(plan, versions))
        periods, facts = self._company.periods, self._company.of(people)
        # All figures count, whatever whoever starts it may see.
        with acting_as(current_company(), SYSTEM):
            _check_figures(versions)
            wanted = {
                (user_id, outcome.period.start): outcome
                for user_id, stays in reading.stays_of(plan.id, people).items()
                for outcome in outcomes(stays, versions, periods, facts)
            }
        made = _enter(plan, people, wanted)
        return Done(len({user for user, _start in wanted}), len(wanted), len(made), sum(made))


def _check_figures(versions: Sequence[Terms]) -> None:
    """Every rule's figure is there. Raises Rejected, as while its plugin is off."""
    wanted = {
        key: rule.name for terms in versions for rule in terms.rules
        for key in (rule.measure, rule.second) if key
    }  # fmt: skip
    for key, name in wanted.items():
        try:
            host().measures.get(key)
        except NotFound:
            said = gettext("This figure is not available.")
            raise Rejected("", f"{name} ({key}): {said}") from None


def adjust(plan: Plan, user_id: int, day: date, amount: int, reason: str) -> None:
    """Enter an amount that follows from no rule."""
    period = cutting.period_of(plan.period, day, current_company().fiscal_year_start)
    ledger = Ledger(plan, [user_id])
    ledger.add(user_id, period, "adjusted", whole=amount, amount=amount, text=reason)
    ledger.close()


def minor(lines: Sequence[Result], digits: int) -> list[int]:
    """Minor units, of so many digits, of a period's lines. What one component brings is rounded
    once, of all that it has brought where that is rated; what is rated by itself is rounded by
    itself. What is withheld is all that the others come to. A cap and a draw hold to the cent: the
    last line of theirs has what rounding the others has left."""
    made = [0] * len(lines)
    places: dict[tuple[int | None, int | None, str], list[int]] = defaultdict(list)
    for i, line in enumerate(lines):
        places[line.rule_id, None if line.together else line.each_id, line.kind].append(i)
    scale = Decimal(10) ** digits
    sums: dict[tuple[int | None, int | None], int] = defaultdict(int)
    for (rule_id, each_id, kind), some in places.items():
        parts = rounded((lines[i].amount * scale for i in some), lines[some[0]].before * scale)
        if kind == "withheld":
            parts = [-sums[rule_id, each_id]]
        for i, amount in zip(some, parts, strict=True):
            made[i] = amount
        sums[rule_id, each_id] += sum(parts)
    limited = [i for i, line in enumerate(lines) if line.rule_id is None and line.kind in LIMITED]
    if limited:
        [whole] = rounded([sum((line.amount for line in lines), Decimal(0)) * scale])
        made[limited[-1]] += whole - sum(made)
    return made


def _entered(plan_id: int, people: Collection[int]) -> dict[Place, int]:
    asked = (
        sa.select(
            Entry.user_id, Entry.start, Entry.component_id, Entry.kind, Entry.step,
            Entry.each_id, sa.func.sum(Entry.amount),
        )
        .where(Entry.plan_id == plan_id, Entry.kind.in_(CALCULATED), Entry.user_id.in_(people))
        .group_by(
            Entry.user_id, Entry.start, Entry.component_id, Entry.kind, Entry.step, Entry.each_id
        )
    )  # fmt: skip
    return {(*row[:6],): int(row[6]) for row in host().session.execute(asked)}


def _enter(
    plan: Plan, people: Collection[int], wanted: dict[tuple[int, date], Outcome]
) -> list[int]:
    """Enter what was not entered yet, and take back what is not there any more."""
    entered, digits = _entered(plan.id, people), precision(current_company().currency)
    names = {rule.id: rule.name for each in wanted.values() for rule in each.terms.rules}
    lines: list[tuple[int, date, Outcome | None, Result, int, int]] = []
    for (user_id, start), outcome in wanted.items():
        for line, whole in zip(outcome.lines, minor(outcome.lines, digits), strict=True):
            if abs(line.base) > LARGEST or abs(line.rate) > LARGEST_RATE or abs(whole) > 10**15:
                said = gettext("The number is too large.")
                raise Rejected("", f"{names.get(line.rule_id or 0, line.kind)}: {said}")
            place = (
                user_id, start, line.rule_id, line.kind, kept(line.step), line.each_id,
            )  # fmt: skip
            more = whole - entered.pop(place, 0)
            if more:
                lines.append((user_id, start, outcome, line, whole, more))
    for (user_id, start, rule_id, kind, step, each_id), amount in entered.items():
        # A line that is not there any more, as when a return leads below a step.
        if amount:
            gone = Result(
                kind=kind, base=Decimal(0), rate=Decimal(0), rule_id=rule_id, step=step,
                each_id=each_id,
            )  # fmt: skip
            lines.append((user_id, start, None, gone, 0, -amount))
    if not lines:
        return []
    ledger, year = Ledger(plan, people), current_company().fiscal_year_start
    for user_id, start, outcome_, line, whole, more in lines:
        ledger.add(
            user_id,
            outcome_.period if outcome_ else cutting.period_of(plan.period, start, year),
            line.kind, whole=whole, amount=more, line=line,
            text=words.formula(line, names.get(line.rule_id or 0, "")),
            plan_version_id=outcome_.terms.id if outcome_ else None,
        )  # fmt: skip
    ledger.close()
    return [more for *_line, more in lines]
