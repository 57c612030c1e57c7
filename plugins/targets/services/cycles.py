"""Target cycles: the periods they are cut into, and which one a target belongs to."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_company, gettext
from plugin_api.errors import Rejected
from plugin_api.periods import MONTHS
from plugins.targets.models import Target, TargetCycle
from plugins.targets.services.kept import kept
from plugins.targets.services.periods import Period, cut_by, period_of

MOST = 400
"""Periods of one cycle."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cycle:
    """A cycle as plain values."""

    id: int
    name: str
    start: date
    end: date
    grain: str
    cuts: str | None
    state: str
    closed_to: date | None

    @property
    def period(self) -> Period:
        return Period("custom", self.start, self.end)

    def covers(self, start: date, end: date) -> bool:
        """Whether days lie wholly inside."""
        return self.start <= start and end <= self.end

    def is_closed(self, end: date) -> bool:
        """Whether a period that ends on a day is closed."""
        if self.state == "closed":
            return True
        return self.closed_to is not None and end <= self.closed_to


def all_cycles() -> Sequence[Cycle]:
    """Every cycle of the company, the earliest first; read once a transaction."""
    return kept("cycles", _read)


def _read(*, locked: bool = False) -> tuple[Cycle, ...]:
    names = ("id", "name", "start", "end", "grain", "cuts", "state", "closed_to")
    columns = [getattr(TargetCycle, name) for name in names]
    found = host().session.execute(sa.select(*columns).order_by(TargetCycle.start, TargetCycle.id))
    return tuple(Cycle(**dict(zip(names, row, strict=True))) for row in found)


def find(cycle_id: int | None) -> Cycle | None:
    """A cycle by its id."""
    return next((each for each in all_cycles() if each.id == cycle_id), None)


def periods_of(cycle: Cycle | TargetCycle) -> list[Period]:
    """The periods a cycle is cut into, in order: they fill it without a gap. A regular period
    that the cycle's ends cut is a custom one. Raises Rejected for ``cuts`` that do not fit."""
    if cycle.grain == "custom":
        return cut_by([cycle.start, *first_days(cycle)], cycle.end)
    fiscal = current_company().fiscal_year_start
    periods: list[Period] = []
    day = cycle.start
    while day <= cycle.end and len(periods) < MOST:
        whole = period_of(cycle.grain, day, fiscal)
        if whole.start != day or whole.end > cycle.end:
            whole = Period("custom", day, min(whole.end, cycle.end))
        periods.append(whole)
        day = whole.end + timedelta(days=1)
    return periods


def first_days(cycle: Cycle | TargetCycle) -> list[date]:
    """The days at which custom periods begin, without the cycle's own. Raises Rejected."""
    found = []
    for word in re.split(r"[\s,;，；、]+", (cycle.cuts or "").strip()):
        if not word:
            continue
        try:
            day = date.fromisoformat(word)
        except ValueError:
            message = gettext("“%(text)s” is not a date such as 2026-01-31.", text=word)
            raise Rejected("cuts", message) from None
        if not cycle.start <= day <= cycle.end:
            message = gettext("%(day)s lies outside the cycle.", day=day)
            raise Rejected("cuts", message)
        found.append(day)
    if len(found) > MOST:
        raise Rejected("cuts", gettext("A cycle has at most %(most)s periods.", most=MOST))
    return sorted({*found} - {cycle.start})


def check(cycle: TargetCycle) -> None:
    """Refuse a cycle that makes no sense, naming the field. Raises Rejected."""
    if cycle.end < cycle.start:
        raise Rejected("end", gettext("The end is before the start."))
    cycle.grain = cycle.grain or "quarter"
    if cycle.grain == "custom":
        first_days(cycle)
    elif cycle.cuts:
        message = gettext("Only custom periods are given by their first days.")
        raise Rejected("cuts", message)
    elif (cycle.end - cycle.start).days > MOST * 28 * MONTHS[cycle.grain]:
        raise Rejected("end", gettext("A cycle has at most %(most)s periods.", most=MOST))


def check_change(cycle: TargetCycle, changes: Collection[str]) -> None:
    """Refuse to move what is closed, or days away from targets of the cycle. Raises Rejected."""
    check(cycle)
    moved = {"start", "end", "grain", "cuts"} & set(changes)
    if not moved:
        return
    if cycle.closed_to is not None and "closed_to" not in changes:
        raise Rejected(min(moved), gettext("A part of this cycle is closed: reopen it first."))
    with host().session.no_autoflush:
        outside = host().session.scalar(
            sa.select(Target.name)
            .where(
                Target.cycle_id == cycle.id,
                sa.or_(Target.start < cycle.start, Target.end > cycle.end),
            )
            .limit(1)
        )
    if outside is not None:
        message = gettext("A target of the cycle lies outside: %(name)s.", name=outside)
        raise Rejected(min(moved), message)


def suits(start: date, end: date) -> int | None:
    """The cycle that a target of these days belongs to: the only one that covers them."""
    found = [each.id for each in all_cycles() if each.covers(start, end)]
    return found[0] if len(found) == 1 else None


def check_place(cycle_id: int | None, start: date, end: date) -> None:
    """Refuse a target whose days do not fit its cycle or lie in what is closed: that of no cycle
    belongs to whichever covers it. Raises Rejected."""
    mine = find(cycle_id)
    if mine is not None and not mine.covers(start, end):
        message = gettext(
            "The cycle “%(name)s” lasts from %(start)s to %(end)s.",
            name=mine.name, start=mine.start, end=mine.end,
        )  # fmt: skip
        raise Rejected("cycle", message)
    # Held until this transaction ends, so that nobody closes these days meanwhile.
    for cycle in kept("cycles locked", lambda: _read(locked=True)):
        if cycle.covers(start, end) and cycle.is_closed(end) and cycle_id in (None, cycle.id):
            message = gettext("These days of the cycle “%(name)s” are closed.", name=cycle.name)
            raise Rejected("start", message)
