"""What a figure did before and after a strategy began: plain functions.

Before and after have no group beside them that went on as before: what else happened meanwhile is
in the difference too.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from plugins.plans.services.days import Span, year_before


@dataclass(frozen=True, slots=True)
class Effect:
    """Changes are shares of what was before, None where that is 0 or less, or not known."""

    before: Decimal | None
    after: Decimal | None
    change: Decimal | None
    per_day: Decimal | None
    expected: Decimal | None
    expected_figure: Decimal | None
    met: bool | None
    """Whether what was expected has come; None where it cannot be told."""


def spans(start: dt.date, until: dt.date, basis: str) -> tuple[Span, Span]:
    """The days that are compared: those before, and those from ``start`` to ``until``.

    From 1 to 30 June against as many just before: 2 to 31 May.
    """
    if basis == "year":
        return (year_before(start), year_before(until)), (start, until)
    length = until - start
    last = start - dt.timedelta(days=1)
    return (last - length, last), (start, until)


def change(before: Decimal | None, after: Decimal | None) -> Decimal | None:
    """By which share a figure has grown: 1.2 m against 1.0 m is 0.2."""
    if before is None or after is None or before <= 0:
        return None
    return (after - before) / before


def compare(
    before: Decimal | None,
    after: Decimal | None,
    work_days: tuple[int, int] | None,
    expected: Decimal | None,
) -> Effect:
    """What became of what was expected. ``work_days`` before and after make a sum comparable
    where one side had more of them; None for ratios and figures of now. ``expected`` is a share.

    1.0 m in 22 working days, 1.2 m in 20: +20 %, and +32 % a working day.
    """
    raw, per_day = change(before, after), None
    if work_days is not None and before is not None and after is not None and all(work_days):
        per_day = change(before * work_days[1], after * work_days[0])
    seen = raw if per_day is None else per_day
    met = None
    if seen is not None and expected is not None:
        met = seen >= expected if expected >= 0 else seen <= expected
    figure = None if before is None or expected is None else before * (1 + expected)
    return Effect(before, after, raw, per_day, expected, figure, met)
