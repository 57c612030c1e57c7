"""How much is asked for, and how long it takes."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from plugin_api.context import lazy_gettext as _
from plugin_api.measures import Dimension, Measure, Ratio
from plugins.approvals.models import Request
from plugins.approvals.models.requests import STATES

ONE = sa.literal_column("1", type_=sa.Integer())
DIMENSIONS = {
    "state": Dimension(label=_("State"), labels={choice.value: choice.label for choice in STATES}),
    "rule": Dimension(label=_("Approval rule"), target="approvals.Rule"),
}


def _facts(value: Any, *where: Any) -> sa.Select[Any]:
    return sa.select(
        Request.asked_on.label("on"),
        value.label("value"),
        Request.owner_id.label("user_id"),
        Request.id.label("record_id"),
        Request.state.label("state"),
        Request.rule_id.label("rule"),
    ).where(*where)


MEASURES = (
    Measure(
        key="approvals.asked",
        label=_("Approvals asked for"),
        unit="count",
        model="approvals.Request",
        facts=lambda: _facts(ONE),
        dimensions=DIMENSIONS,
        description=_("Requests by the day on which they were made, of who has asked."),
    ),
    Measure(
        key="approvals.decided",
        label=_("Approvals decided"),
        unit="count",
        model="approvals.Request",
        facts=lambda: _facts(ONE, Request.decided_at.is_not(None)),
        dimensions=DIMENSIONS,
        description=_("Requests that were approved or refused, by the day of asking."),
    ),
    Measure(
        key="approvals.hours",
        label=_("Hours that approvals took"),
        unit="number",
        model="approvals.Request",
        facts=lambda: _facts(Request.hours, Request.decided_at.is_not(None)),
        direction="down",
        dimensions=DIMENSIONS,
        description=_("From asking to the last decision, added up."),
        fields=("hours",),
    ),
    Ratio(
        key="approvals.hours_each",
        label=_("Hours for an approval"),
        unit="number",
        numerator="approvals.hours",
        denominator="approvals.decided",
        direction="down",
        description=_("From asking to the last decision, on average."),
    ),
)
