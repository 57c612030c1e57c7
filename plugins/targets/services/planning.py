"""Handing a parent's target down to people or months, and writing what was decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from decimal import Decimal
from typing import Any, Literal

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_company
from plugin_api.measures import Unit
from plugin_api.money import from_minor, round_half_up, to_minor
from plugins.targets.models import Target
from plugins.targets.services import weighing
from plugins.targets.services.attainment import Level, Person, Team, Who
from plugins.targets.services.kept import by_rule
from plugins.targets.services.parts import Child, Over, Whole
from plugins.targets.services.periods import Period
from plugins.targets.services.proration import active_window
from plugins.targets.services.reading import Yardstick
from plugins.targets.services.split import Split, split_around

Method = Literal["even", "history", "season", "headcount", "days", "current", "sum"]
NONE: Set[str] = frozenset()
IN_TIME: tuple[Over, ...] = ("months", "quarters", "cycle")


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

    People and teams are compared by the period before, periods by the same ones of the year
    before.
    """
    below = weighing.below(whole, over, teams, people)
    present = _existing(whole.stick, [(child.who, child.period) for child in below])
    return [_with_present(child, present, whole.stick.unit) for child in below]


def _with_present(child: Child, present: Mapping[str, Any], unit: Unit) -> Child:
    row = present.get(slot_of(child.who, child.period))
    if row is None:
        return child
    first, last = active_window(
        child.period.start, child.period.end, row.active_from, row.active_to
    )
    return replace(
        child,
        current=_steps_of(row, unit),
        version=row.version,
        by_hand=row.by_hand,
        state=row.state,
        days=host().calendar.work_days(first, last) * row.part_time / 100,
    )


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
    """Parts by a method; those that are kept stay. Raises ValueError when nobody is below or there
    is nothing to go by."""
    if method in ("current", "sum"):
        return Split(total, tuple(child.current or 0 for child in below))
    kept = [child.current if child.kept else None for child in below]
    weights: dict[Method, list[int | Decimal]] = {
        "even": [1 for _child in below],
        "history": [child.history for child in below],
        "season": [child.season for child in below],
        "headcount": [child.heads for child in below],
        "days": [child.days for child in below],
    }
    return split_around(total, kept, weights[method])


def save(
    whole: Whole, total: int, below: Sequence[Child], parts: Sequence[int], by_hand: Set[str] = NONE
) -> int:
    """Write the parent's target and each part; returns how many were made or changed.

    A part of 0 makes no target where there was none; one that is fixed is left alone; those whose
    keys are in ``by_hand`` are kept by a later split. Raises Conflict when somebody has changed one
    of them since it was read, and whatever the targets' own checks refuse.
    """
    stick, records = whole.stick, host().records
    present = _existing(
        stick, [(whole.who, whole.period), *((child.who, child.period) for child in below)]
    )
    written = 0
    above = present.get(slot_of(whole.who, whole.period))
    if above is None and total:
        place = _place(stick.measure.key, whole.who, whole.period)
        above = records.create(Target, _value(stick.unit, total) | place)
        written += 1
    elif above is not None and _steps_of(above, stick.unit) != total:
        records.update(above, _value(stick.unit, total))
        written += 1
    made: list[dict[str, Any]] = []
    with by_rule():
        for child, part in zip(below, parts, strict=True):
            target, hand = present.get(slot_of(child.who, child.period)), child.key in by_hand
            values = _value(stick.unit, part) | {"by_hand": hand}
            if above is not None and (target is None or target.parent_id is None):
                values["parent_id"] = above.id
            if target is None and part:
                made.append(values | _place(stick.measure.key, child.who, child.period))
            elif target is not None and not child.fixed:
                kept = _steps_of(target, stick.unit) == part
                if kept and child.by_hand and not child.released:
                    values["by_hand"] = True
                records.update(target, values, version=child.version)
                written += not kept
        records.create_many(Target, made)
    return written + len(made)


def _value(unit: Unit, steps: int) -> dict[str, Any]:
    return {"amount": steps} if unit == "money" else {"quantity": from_steps(steps, unit)}


def _place(measure: str, who: Who, period: Period) -> dict[str, Any]:
    level: Level = who[0]
    place: dict[str, Any] = {
        "measure": measure, "level": level, "period": period.kind,
        "start": period.start, "end": period.end,
    }  # fmt: skip
    if level != "company":
        place[f"{level}_id"] = who[1]
    return place
