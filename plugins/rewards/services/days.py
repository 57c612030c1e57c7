"""Days that can be counted with."""

from __future__ import annotations

from datetime import date

from plugin_api.context import gettext
from plugin_api.errors import Rejected

YEARS = range(1950, 2201)


def check(field: str, *days: date | None) -> None:
    """Raise Rejected for a day so far away that terms and histories would leave the calendar."""
    if any(day is not None and day.year not in YEARS for day in days):
        raise Rejected(field, gettext("Expected a day between 1950 and 2200."))
