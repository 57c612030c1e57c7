"""Handing a parent's target down to people or months, and writing what was decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_company
from plugin_api.measures import Unit
from plugin_api.money import from_minor, round_half_up, to_minor
from plugins.targets.models import Target
from plugins.targets.services.attainment import Level, Person, Team, Who, subtree
from plugins.targets.services.periods import Period, months_of, previous, year_before
from plugins.targets.services.reading import Yardstick, figures
from plugins.targets.services.split import Split, split_by_history, split_evenly

Over = Literal["people", "months"]
Method = Literal["even", "history", "current"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Child:
    """Somebody or some month that gets a part; ``current`` and ``history`` in smallest steps."""

    key: str
    label: str
    who: Who
    period: Period
    current: int | None = None
    version: int | None = None
    history: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Whole:
    """What is handed down: a measure's target of somebody in a period."""

    stick: Yardstick
    who: Who
    period: Period


def step(unit: Unit) -> Decimal:
    """The smallest step of a target: a minor unit of money, one, or a hundredth of a day."""
    if unit == "money":
        return from_minor(1, current_company().currency)
    return Decimal(1) if unit == "count" else Decimal("0.01")


def to_steps(value: Decimal, unit: Unit) -> int:
    """Smallest steps of a target in major units."""
    if unit == "money":
        return to_minor(value, current_company().currency)
    return round_half_up(value / step(unit))


def from_steps(steps: int, unit: Unit) -> Decimal:
    """The target in major units, with all its decimal places."""
    return steps * step(unit)


def children(
    whole: Whole, over: Over, teams: Sequence[Team], people: Sequence[Person]
) -> list[Child]:
    """Those below a parent, with what they have now and what they did before.

    People are compared by the period before, months by the same month of the year before.
    """
    (level, id_), period = whole.who, whole.period
    if over == "people":
        inside = subtree(teams, id_) if level == "team" and id_ is not None else None
        below = [
            Child(key=f"user-{p.id}", label=p.name, who=("user", p.id), period=period)
            for p in people
            if p.active and p.team_id is not None and (inside is None or p.team_id in inside)
        ]
        history = _by_person(whole.stick, previous(period))
    else:
        below = [
            Child(key=f"month-{m.start}", label=m.label, who=whole.who, period=m)
            for m in months_of(period)
        ]
        history = _by_month(whole, teams)
    present = _existing(whole.stick, [(child.who, child.period) for child in below])
    return [_with_present(child, present, history, whole.stick.unit) for child in below]


def _with_present(
    child: Child,
    present: Mapping[str, Any],
    history: Mapping[str, Decimal],
    unit: Unit,
) -> Child:
    row = present.get(slot_of(child.who, child.period))
    return replace(
        child,
        current=None if row is None else _steps_of(row, unit),
        version=None if row is None else row.version,
        history=history.get(child.key, Decimal(0)),
    )


def _by_person(stick: Yardstick, before: Period) -> dict[str, Decimal]:
    found = figures(stick.measure, before)
    return {f"user-{user}": figure.value or Decimal(0) for user, figure in found.items()}


def _by_month(whole: Whole, teams: Sequence[Team]) -> dict[str, Decimal]:
    level, id_ = whole.who
    filters: dict[str, Any] = {}
    if level == "user":
        filters = {"user": id_}
    elif level == "team" and id_ is not None:
        filters = {"team": sorted(subtree(teams, id_))}
    pairs = [(f"month-{m.start}", year_before(m)) for m in months_of(whole.period)]
    year = Period("custom", pairs[0][1].start, pairs[-1][1].end)
    found = figures(whole.stick.measure, year, "month", filters)
    by_month = {str(key)[:7]: figure.value or Decimal(0) for key, figure in found.items()}
    return {key: by_month.get(f"{month.start:%Y-%m}", Decimal(0)) for key, month in pairs}


def slot_of(who: Who, period: Period) -> str:
    """Whom and when, as one word."""
    level, id_ = who
    return f"{level}:{id_ or ''}|{period.start}|{period.end}"


def _existing(stick: Yardstick, wanted: Sequence[tuple[Who, Period]]) -> dict[str, Any]:
    slots = [f"{stick.measure.key}|{slot_of(who, period)}" for who, period in wanted]
    found = host().session.scalars(sa.select(Target).where(Target.slot.in_(slots)))
    return {target.slot.partition("|")[2]: target for target in found}


def _steps_of(target: Target, unit: Unit) -> int:
    return target.amount if target.amount is not None else to_steps(target.value, unit)


def own_total(whole: Whole) -> int | None:
    """The parent's own target in smallest steps."""
    found = _existing(whole.stick, [(whole.who, whole.period)])
    return next((_steps_of(target, whole.stick.unit) for target in found.values()), None)


def propose(total: int, below: Sequence[Child], method: Method) -> Split:
    """Parts by a method. Raises ValueError when nobody is below or history holds nothing."""
    if method == "current":
        return Split(total, tuple(child.current or 0 for child in below))
    if method == "history":
        return split_by_history(total, [child.history for child in below])
    return split_evenly(total, len(below))


def save(whole: Whole, total: int, below: Sequence[Child], parts: Sequence[int]) -> int:
    """Write the parent's target and each part; returns how many were made or changed.

    A part of 0 makes no target where there was none. Raises Conflict when somebody has
    changed one of them since it was read, and whatever the targets' own checks refuse.
    """
    stick = whole.stick
    wanted: list[tuple[Who, Period, int, int | None]] = [(whole.who, whole.period, total, None)]
    wanted += [
        (child.who, child.period, part, child.version)
        for child, part in zip(below, parts, strict=True)
    ]
    present = _existing(stick, [(who, when) for who, when, _part, _version in wanted])
    written = 0
    for who, when, part, version in wanted:
        target = present.get(slot_of(who, when))
        value: dict[str, Any] = {"quantity": from_steps(part, stick.unit)}
        if stick.unit == "money":
            value = {"amount": part}
        if target is not None and _steps_of(target, stick.unit) != part:
            host().records.update(target, value, version=version)
            written += 1
        elif target is None and part:
            host().records.create(Target, value | _place(stick.measure.key, who, when))
            written += 1
    return written


def _place(measure: str, who: Who, period: Period) -> dict[str, Any]:
    level: Level = who[0]
    place: dict[str, Any] = {
        "measure": measure, "level": level, "period": period.kind,
        "start": period.start, "end": period.end,
    }  # fmt: skip
    if level != "company":
        place[f"{level}_id"] = who[1]
    return place
