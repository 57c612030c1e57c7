"""The periods that a plan is paid by."""

from __future__ import annotations

from datetime import date, timedelta

from plugin_api import periods
from plugins.incentives.services.shapes import Period


def period_of(kind: str, day: date, fiscal_year_start: int) -> Period:
    """The one that a day lies in. Raises KeyError for an unknown kind."""
    return Period(*periods.period_of(kind, day, fiscal_year_start))


def between(kind: str, first: date, last: date, fiscal_year_start: int) -> list[Period]:
    """Those from the one of ``first`` to the one of ``last``; none when it is earlier."""
    made, day = [], first
    while day <= last:
        made.append(period_of(kind, day, fiscal_year_start))
        day = made[-1].end + timedelta(days=1)
    return made
