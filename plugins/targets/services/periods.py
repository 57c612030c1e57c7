"""Periods of targets, in the company's fiscal year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from plugin_api import periods
from plugin_api.periods import MONTHS, month_start

Kind = Literal["month", "quarter", "half", "year", "custom"]


@dataclass(frozen=True, slots=True)
class Period:
    """From ``start`` to ``end``, both included."""

    kind: Kind
    start: date
    end: date

    @property
    def label(self) -> str:
        """Short and the same in every language: ``2026``, ``2026 H1``, ``2026 Q3``, ``2026-07``."""
        if self.kind == "month":
            return f"{self.start:%Y-%m}"
        if self.kind == "year" and self.start.month == 1:
            return f"{self.start:%Y}"
        if self.kind == "quarter" and self.start.month % 3 == 1:
            return f"{self.start:%Y} Q{self.start.month // 3 + 1}"
        if self.kind == "half" and self.start.month % 6 == 1:
            return f"{self.start:%Y} H{self.start.month // 6 + 1}"
        if self.kind in MONTHS:
            return f"{self.start:%Y-%m} – {self.end:%Y-%m}"
        return f"{self.start} – {self.end}"

    def covers(self, other: Period) -> bool:
        """Whether the other lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


def period_of(kind: str, day: date, fiscal_year_start: int = 1) -> Period:
    """The month, fiscal quarter or fiscal year that a day lies in. Raises KeyError for others."""
    return Period(kind, *periods.period_of(kind, day, fiscal_year_start))  # type: ignore[arg-type]


def previous(period: Period) -> Period:
    """The period of the same kind just before; for a custom one, as many days before."""
    end = period.start - timedelta(days=1)
    if period.kind == "custom":
        return Period("custom", period.start - (period.end - end), end)
    return Period(period.kind, month_start(period.start, -MONTHS[period.kind]), end)


def year_before(period: Period) -> Period:
    """The same period one year earlier, whole months only for regular kinds."""
    if period.kind == "custom":
        return Period("custom", _last_year(period.start), _last_year(period.end))
    start = month_start(period.start, -12)
    return Period(period.kind, start, month_start(start, MONTHS[period.kind]) - timedelta(days=1))


def _last_year(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def months_of(period: Period) -> list[Period]:
    """The whole months of a regular period; a custom one is cut to its own days."""
    months = []
    day = period.start
    while day <= period.end:
        month = period_of("month", day)
        if not period.covers(month):
            first, last = max(month.start, period.start), min(month.end, period.end)
            month = Period("custom", first, last)
        months.append(month)
        day = month.end + timedelta(days=1)
    return months


def cut_by(starts: Sequence[date], end: date) -> list[Period]:
    """Custom periods that begin on days in ascending order and end on the day before the next;
    the last ends on ``end``."""
    lasts = [day - timedelta(days=1) for day in starts[1:]] + [end]
    return [Period("custom", first, last) for first, last in zip(starts, lasts, strict=True)]


PRESETS = tuple(f"{which}_{kind}" for which in ("this", "previous") for kind in MONTHS)
"""``this_month`` to ``previous_year``: periods named from today."""


def preset(name: str, today: date, fiscal_year_start: int = 1) -> Period:
    """The period of a preset. Raises KeyError for another name."""
    which, _underscore, kind = name.partition("_")
    period = period_of(kind, today, fiscal_year_start)
    return {"this": period, "previous": previous(period)}[which]
