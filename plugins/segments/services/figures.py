"""Figures by account: of any measure that is known by account."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from plugin_api import host
from plugin_api.context import SYSTEM, acting_as, current_company, gettext, today
from plugin_api.errors import NotFound, Rejected
from plugin_api.measures import Measure
from plugin_api.money import from_minor

ACCOUNT = "account"
PLACES = Decimal("0.0001")


def measure_of(key: str) -> Measure:
    """The measure, if the company has it and accounts can be told apart by it. Raises Rejected
    for ``measure``."""
    try:
        with acting_as(current_company(), SYSTEM):
            found = host().measures.get(key)
    except NotFound:
        raise Rejected("measure", gettext("There is no such figure now.")) from None
    if not isinstance(found, Measure):
        raise Rejected("measure", gettext("A ratio has no parts that make up a whole."))
    known = found.dimensions.get(ACCOUNT)
    if known is None or known.target != "crm.Account":
        raise Rejected("measure", gettext("This figure is not known by account."))
    return found


def by_account(key: str, days: int, until: dt.date | None = None) -> dict[int, Decimal]:
    """The figure of each account that has facts, in units that people read, whoever looks: of so
    many days that end with ``until`` or today. One statement."""
    measure, end = measure_of(key), until or today()
    start: dt.date | None = end - dt.timedelta(days=days - 1)
    start, last = (None, None) if measure.snapshot else (start, end)
    with acting_as(current_company(), SYSTEM):
        found = host().measures.table(key, start, last, by=(ACCOUNT,))
    unit = from_minor(1, current_company().currency) if measure.unit == "money" else Decimal(1)
    return {
        point.keys[0]: (point.value * unit).quantize(PLACES)
        for point in found
        if point.keys[0] is not None and point.value is not None
    }


def may_see(key: str) -> bool:
    """Whether the actor may read the measure."""
    try:
        host().measures.get(key)
    except NotFound:
        return False
    return True
