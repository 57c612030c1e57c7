"""Ready periods of date filters. Pure: a day in, days out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from plugin_api.context import Text
from plugin_api.context import lazy_gettext as _


@dataclass(frozen=True, slots=True)
class Period:
    """A labelled span, both days included."""

    label: Text
    start: date
    end: date


def month_start(day: date, shift: int = 0) -> date:
    """First day of the month that lies ``shift`` months after the day's."""
    months = day.year * 12 + day.month - 1 + shift
    return date(months // 12, months % 12 + 1, 1)


def ready_periods(today: date, fiscal_year_start: int) -> list[Period]:
    """What people filter by most. Quarters and years are the company's fiscal ones."""
    into_year = (today.month - fiscal_year_start) % 12
    quarter, year = -(into_year % 3), -into_year
    return [
        _span(_("Last month"), today, -1, 1),
        _span(_("This month"), today, 0, 1),
        _span(_("Next month"), today, 1, 1),
        _span(_("This quarter"), today, quarter, 3),
        _span(_("Next quarter"), today, quarter + 3, 3),
        _span(_("This fiscal year"), today, year, 12),
    ]


def _span(label: Text, today: date, shift: int, months: int) -> Period:
    start = month_start(today, shift)
    return Period(label, start, month_start(start, months) - timedelta(days=1))
