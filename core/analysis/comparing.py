"""A figure beside that of another period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from core.measures.engine import Tally
from plugin_api.context import Text
from plugin_api.context import lazy_gettext as _
from plugin_api.periods import month_start

COMPARES: Mapping[str, Text] = {
    "previous": _("Period before"),
    "year": _("Same period last year"),
}
FEWEST = 5
"""Facts below which a change in per cent is chance rather than change."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """``share`` is of 1: 0.2 is 20 % more. None where it would mean nothing: ``is_thin`` says that
    one of the figures rests on too few facts."""

    before: Decimal | None
    difference: Decimal | None = None
    share: Decimal | None = None
    is_thin: bool = False


def change(now: Tally, before: Tally) -> Change:
    """From one figure to the other. Nothing is a per cent of what is zero or below."""
    a, b = now.value, before.value
    if a is None or b is None:
        return Change(before=b)
    if not b and not a:
        return Change(before=b, difference=Decimal(0))
    is_thin = min(now.facts, before.facts) < FEWEST
    share = (a - b) / b if b > 0 and not is_thin else None
    return Change(before=b, difference=a - b, share=share, is_thin=is_thin)


def span_before(compare: str, start: date, end: date, today: date) -> tuple[date, date]:
    """The days to compare with: as many months before where the period is made of whole months,
    else as many days; or the same days a year earlier. While the period still runs, the other one
    ends where it was as far along."""
    months = _months(start, end)
    runs = start <= today < end
    if compare == "year":
        months = 12
        first = _months_on(start, -12)
        last = _months_on(today if runs else end, -12, is_end=not runs)
        return first, last
    if not months:
        length = end - start + timedelta(days=1)
        return start - length, (today if runs else end) - length
    first = _months_on(start, -months)
    return first, _months_on(today, -months) if runs else start - timedelta(days=1)


def _months(start: date, end: date) -> int:
    """How many whole months the days are; 0 when they are none."""
    after = end + timedelta(days=1)
    if start.day != 1 or after.day != 1:
        return 0
    return (after.year - start.year) * 12 + after.month - start.month


def _months_on(day: date, shift: int, *, is_end: bool = False) -> date:
    """The same day of another month, or its last; that of a month's end too if ``is_end``."""
    last = month_start(day, shift + 1) - timedelta(days=1)
    is_last = is_end and (day + timedelta(days=1)).day == 1
    return last if is_last else last.replace(day=min(day.day, last.day))
