"""Key risk indicators: measured each day, with a warning and an alarm."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import nullcontext
from decimal import Decimal

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext, today
from plugin_api.errors import Refused, Rejected
from plugin_api.figures import measure_of
from plugins.risk.models import Indicator, Reading, Risk
from plugins.risk.services import figures
from plugins.risk.services.acting import by_rule


def standing_of(
    value: Decimal | None, warn_at: Decimal | None, alarm_at: Decimal, side: str
) -> str:
    """How a figure stands by its thresholds: none, good, warning or alarm."""
    if value is None:
        return "none"
    if figures.beyond(value, alarm_at, side):
        return "alarm"
    return "warning" if warn_at is not None and figures.beyond(value, warn_at, side) else "good"


def check(indicator: Indicator, changes: Collection[str] = ()) -> None:
    """Raise Rejected for thresholds in the wrong order."""
    warn = indicator.warn_at
    if warn is not None and figures.beyond(warn, indicator.alarm_at, indicator.side):
        raise Rejected("warn_at", gettext("The warning comes before the alarm."))
    if {"measure", "side", "warn_at", "alarm_at", "days", "owner_id"} & set(changes):
        indicator.standing, indicator.value, indicator.measured_on = "none", None, None


def measure_all() -> int:
    """Measure what is active, each as its owner may see it, keep a reading of today, and tell
    owners of what has come to be an alarm; how many were measured. A statement for each figure."""
    day, number = today(), 0
    asked = sa.select(Indicator).where(Indicator.active).order_by(Indicator.id)
    found = list(host().session.scalars(asked))
    kept = {
        row.indicator_id: row
        for row in host().session.scalars(sa.select(Reading).where(Reading.on == day))
    }
    for each in found:
        value = _value(each)
        before, after = each.standing, standing_of(value, each.warn_at, each.alarm_at, each.side)
        each.value, each.standing, each.measured_on = value, after, day
        reading = kept.get(each.id)
        if reading is None:
            host().session.add(Reading(indicator_id=each.id, on=day, value=value, standing=after))
        else:
            reading.value, reading.standing = value, after
        number += value is not None
        if after == "alarm" and before != "alarm":
            _tell(each)
    host().session.flush()
    return number


def _value(indicator: Indicator) -> Decimal | None:
    owner = indicator.owner_id
    try:
        with host().acting_for(owner) if owner is not None else nullcontext():
            measure = measure_of(indicator.measure)
            return figures.value(measure, indicator.days) if measure is not None else None
    except Refused:
        return None


def _tell(indicator: Indicator) -> None:
    text = gettext(
        "“%(name)s” has reached its alarm: %(value)s",
        name=indicator.name, value=figures.text(measure_of(indicator.measure), indicator.value),
    )  # fmt: skip
    with by_rule():
        if indicator.owner_id is not None:
            host().remind(indicator, [indicator.owner_id], text)
        if indicator.risk_id is not None:
            risk = host().session.scalars(sa.select(Risk).where(Risk.id == indicator.risk_id)).one()
            if risk.owner_id is not None and risk.owner_id != indicator.owner_id:
                # Not the figure: it is as the indicator's owner sees it, who may see more.
                said = gettext("“%(name)s” has reached its alarm.", name=indicator.name)
                host().remind(risk, [risk.owner_id], said)
