"""Which measure in which periods: the columns of a sheet, and how its cells are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_company, gettext
from plugin_api.errors import Rejected
from plugin_api.periods import MONTHS, month_start
from plugins.targets.models import Target
from plugins.targets.services import cycles
from plugins.targets.services.periods import Kind, Period, period_of
from plugins.targets.services.planning import from_steps, to_steps
from plugins.targets.services.reading import Yardstick


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """Of which measure, in which periods: the columns of a sheet."""

    stick: Yardstick
    kind: Kind
    year: Period
    columns: tuple[Period, ...]

    @property
    def field(self) -> str:
        """The field of a target that holds it."""
        return "amount" if self.stick.unit == "money" else "quantity"


def fiscal_year(number: int) -> Period:
    """The company's fiscal year that begins in a calendar year."""
    start = current_company().fiscal_year_start
    return period_of("year", date(number, start, 1), start)


def usual_kind(stick: Yardstick, year: Period) -> Kind:
    """The kind of periods in which most people have targets of a year; months where nobody has."""
    asked = (
        sa.select(Target.period)
        .where(
            Target.measure == stick.measure.key,
            Target.level == "user",
            Target.start <= year.end,
            Target.end >= year.start,
            host().records.visible(Target),
        )
        .group_by(Target.period)
        .order_by(sa.func.count(Target.id).desc(), Target.period)
        .limit(1)
    )
    found = host().session.scalar(asked)
    return found if found in (*MONTHS, "custom") else "month"  # type: ignore[return-value]


def columns_of(stick: Yardstick, kind: Kind, year: Period, more: Sequence[Period] = ()) -> Frame:
    """The periods of a year. Custom ones are those that targets of the measure or target cycles
    have, as far as they touch the year, and ``more``."""
    if kind == "custom":
        found = _custom(stick, year) | set(more)
        columns = sorted(found, key=lambda each: (each.start, each.end))
    else:
        months = MONTHS[kind]
        starts = [month_start(year.start, first) for first in range(0, 12, months)]
        fiscal = current_company().fiscal_year_start
        columns = [period_of(kind, day, fiscal) for day in starts]
    return Frame(stick=stick, kind=kind, year=year, columns=tuple(columns))


def _custom(stick: Yardstick, year: Period) -> set[Period]:
    asked = (
        sa.select(Target.start, Target.end)
        .where(
            Target.measure == stick.measure.key,
            Target.period == "custom",
            Target.start <= year.end,
            Target.end >= year.start,
            host().records.visible(Target),
        )
        .distinct()
    )
    found = {Period("custom", *row) for row in host().session.execute(asked)}
    for cycle in cycles.all_cycles():
        if cycle.start <= year.end and cycle.end >= year.start:
            found |= {
                each
                for each in cycles.periods_of(cycle)
                if each.kind == "custom" and each.start <= year.end and each.end >= year.start
            }
    return found


def steps_of(row: Any, frame: Frame) -> int:
    """A target in smallest steps, of a row that holds amount and quantity."""
    if frame.field == "amount":
        return int(row.amount or 0)
    return to_steps(row.quantity or Decimal(0), frame.stick.unit)


def text_of(steps: int | None, frame: Frame) -> str:
    """A target as it is typed: major units with thousands' commas, no useless decimals."""
    if steps is None:
        return ""
    text = f"{from_steps(steps, frame.stick.unit):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def read_steps(text: str, frame: Frame) -> int | None:
    """Smallest steps of what is typed, as imports read it (``1,200``, ``1.2万``, ``50%`` of a
    ratio); None for nothing. Raises Rejected."""
    unit = frame.stick.unit
    if unit == "ratio":
        text = text.strip().removesuffix("%").removesuffix("％")
    value = host().records.typed(Target, frame.field, text)
    if value is None:
        return None
    if value < 0:
        raise Rejected(frame.field, gettext("A target is not negative."))
    if unit == "money":
        return int(value)
    steps = to_steps(Decimal(value), unit)
    if from_steps(steps, unit) != value:
        message = gettext("At most 2 decimal places.")
        if unit == "count":
            message = gettext("Expected a whole number.")
        raise Rejected(frame.field, message)
    return steps
