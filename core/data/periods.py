"""Periods that move with the calendar: ``this_quarter``, ``last_30_days``, ``overdue``.

A saved question that names one asks for other days tomorrow. Pure: a day in, days out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from plugin_api.context import gettext
from plugin_api.periods import MONTHS, month_start, period_of

NAMED = (
    "today", "yesterday", "tomorrow",
    "this_week", "last_week", "next_week",
    "this_month", "last_month", "next_month",
    "this_quarter", "last_quarter", "next_quarter",
    "this_year", "last_year", "next_year",
    "overdue", "until_today", "upcoming",
)  # fmt: skip
"""Beside these, ``last_<n>_days`` ends today and ``next_<n>_days`` starts today. Weeks start on
Monday; quarters and years are the company's fiscal ones; ``overdue`` is all before today,
``until_today`` today as well, ``upcoming`` today and all after."""

MOST_DAYS = 3660

_DAYS = re.compile(r"(last|next)_(\d{1,4})_days", re.ASCII)
_SHIFTS: Mapping[str, int] = {"last": -1, "this": 0, "next": 1}
_SINGLE: Mapping[str, int] = {"yesterday": -1, "today": 0, "tomorrow": 1}
_OF_MONTHS = ("month", "quarter", "year")


@dataclass(frozen=True, slots=True)
class Span:
    """Days, both included; None: no end on that side."""

    start: date | None
    end: date | None


def span_of(name: str, today: date, fiscal_year_start: int) -> Span:
    """The days that a period means on a day. Raises ValueError in words for an unknown one."""
    try:
        return _span(name, today, fiscal_year_start)
    except (OverflowError, ValueError):
        message = gettext(
            "“%(name)s” is no period; there are: %(known)s, last_30_days, next_7_days.",
            name=name[:40], known=", ".join(NAMED),
        )  # fmt: skip
        raise ValueError(message) from None


def days_of(name: str) -> tuple[str, int] | None:
    """``("last", 30)`` of ``last_30_days``; None for a period of another kind."""
    found = _DAYS.fullmatch(name)
    if found is None or not 1 <= int(found[2]) <= MOST_DAYS:
        return None
    return found[1], int(found[2])


def _span(name: str, today: date, fiscal_year_start: int) -> Span:
    if name in _SINGLE:
        day = today + timedelta(days=_SINGLE[name])
        return Span(day, day)
    if name == "overdue":
        return Span(None, today - timedelta(days=1))
    if name == "until_today":
        return Span(None, today)
    if name == "upcoming":
        return Span(today, None)
    counted = days_of(name)
    if counted is not None:
        way, number = counted
        reach = timedelta(days=number - 1)
        return Span(today - reach, today) if way == "last" else Span(today, today + reach)
    shift, _, unit = name.partition("_")
    if unit == "week" and shift in _SHIFTS:
        monday = today + timedelta(days=7 * _SHIFTS[shift] - today.weekday())
        return Span(monday, monday + timedelta(days=6))
    if shift not in _SHIFTS or unit not in _OF_MONTHS:
        raise ValueError(name)
    there = month_start(today, _SHIFTS[shift] * MONTHS[unit])
    return Span(*period_of(unit, there, fiscal_year_start))
