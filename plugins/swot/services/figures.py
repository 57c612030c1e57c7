"""Figures of measures as evidence keeps them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from plugin_api import host
from plugin_api.context import gettext, today
from plugin_api.errors import Rejected
from plugin_api.figures import measure_of, readable, worded
from plugin_api.measures import Measure, Ratio
from plugin_api.periods import months_later


def is_of_now(measure: Measure | Ratio) -> bool:
    """Whether the figure knows no period."""
    return any(each.snapshot for each in _parts(measure))


def first_day(as_of: dt.date) -> dt.date:
    """The first day of the year that ends on a day; the first that there is for the earliest."""
    if as_of.year <= 1:
        return dt.date.min
    return months_later(as_of, -12) + dt.timedelta(days=1)


def figure(
    measure: Measure | Ratio,
    start: dt.date | None,
    as_of: dt.date,
    subject: tuple[str, int] | None,
) -> Decimal:
    """The figure of some days, in units that people read; of what ``subject`` names, where it is
    given. Raises Rejected for one that cannot be told."""
    filters = {}
    if subject is not None:
        name = _dimension(measure, subject[0])
        if name is None:
            raise Rejected("narrows", gettext("This measure does not know such records."))
        filters = {name: subject[1]}
    if is_of_now(measure):
        if as_of != today():
            raise Rejected("as_of", gettext("This figure can only be told for today."))
        value = host().measures.value(measure.key, filters=filters)
    else:
        value = host().measures.value(measure.key, start, as_of, filters)
    if value is None:
        if isinstance(measure, Ratio):
            raise Rejected("measure", gettext("There is nothing to divide by in these days."))
        value = Decimal(0)
    return readable(value, measure.unit)


def kept(value: Decimal | None, key: str | None) -> str:
    """A kept figure in the unit of its measure; plain where that is not there now."""
    found = measure_of(key)
    return "" if value is None else worded(value, found.unit if found is not None else "number")


def _parts(measure: Measure | Ratio) -> list[Measure]:
    if isinstance(measure, Measure):
        return [measure]
    found = (measure_of(key) for key in (measure.numerator, measure.denominator))
    return [each for each in found if isinstance(each, Measure)]


def _dimension(measure: Measure | Ratio, model: str) -> str | None:
    """By which dimension every part of a measure is known by records of a model."""
    parts: list[Any] = _parts(measure)
    names = [
        {name for name, each in part.dimensions.items() if each.target == model} for part in parts
    ]
    common = set.intersection(*names) if names else set()
    return min(common, default=None)
