"""What is behind an entry: the records that its figure is the sum of."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugins.incentives.models import Component, Entry, Rate
from plugins.incentives.services import figures, reading, teams
from plugins.incentives.services.computing import staying
from plugins.incentives.services.shapes import Period


def address(entry: Entry) -> str:
    """Where they are shown, as far as the actor may see them; empty for an entry that rests on
    none. Raises Refused for a figure that the actor may not see."""
    part = host().session.scalar(sa.select(Component).where(Component.id == entry.component_id))
    if part is None:
        return ""
    rule = reading.rule_of(part, [])
    measure: Any = host().measures.get(rule.measure)
    row = _row(entry) if rule.kind == "table" else None
    if entry.each_id and rule.kind != "table":
        model = measure.dimensions[rule.each_by].target if rule.each_by else measure.model
        return host().record_url(model, entry.each_id)
    period = Period(entry.start, entry.end)
    stays = reading.stays_of(entry.plan_id, [entry.user_id]).get(entry.user_id, ())
    person = staying(stays, period)
    start, end = figures.window(person, period) if person else (entry.start, entry.end)
    people = teams.counted(rule.credit, entry.user_id, teams.known())
    filters = {**figures.filters_of(rule), "user": sorted(people)}
    if row is not None:
        filters[rule.rated_by] = figures.value_of(row.value)
    found = host().measures.records(rule.measure, start, end, filters)
    return host().list_url(found.model, found.query)


def _row(entry: Entry) -> Rate | None:
    """The row of a table of rates that a line is of; None for what has none of its own."""
    if entry.each_id is None:
        return None
    return host().session.scalar(sa.select(Rate).where(Rate.id == entry.each_id))
