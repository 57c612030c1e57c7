"""Figures of activities: how much is done, by whom, and whether in time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from plugin_api.context import lazy_gettext as _
from plugin_api.measures import Dimension, Measure, Ratio
from plugins.activities.models import Activity, Kind
from plugins.activities.models.activities import OUTCOMES, PRIORITIES

MODEL = "activities.Activity"
DIMENSIONS = {
    "kind": Dimension(label=_("Kind"), target="activities.Kind"),
    "outcome": Dimension(label=_("Outcome"), labels={each.value: each.label for each in OUTCOMES}),
    "priority": Dimension(
        label=_("Priority"), labels={each.value: each.label for each in PRIORITIES}
    ),
}


def _facts(on: Any, *which: Any, kinds: Any = None) -> Callable[[], sa.Select[Any]]:
    def facts() -> sa.Select[Any]:
        asked = sa.select(
            on.label("on"),
            sa.literal_column("1", type_=sa.Integer()).label("value"),
            Activity.owner_id.label("user_id"),
            Activity.id.label("record_id"),
            Activity.kind_id.label("kind"),
            Activity.outcome.label("outcome"),
            Activity.priority.label("priority"),
        ).where(*which)
        if kinds is not None:
            asked = asked.join(Kind, Kind.id == Activity.kind_id).where(kinds)
        return asked

    return facts


DONE = Activity.state == "done"
DATED = Activity.due.is_not(None)

MEASURES = (
    Measure(
        key="activities.done", label=_("Activities done"), unit="count", model=MODEL,
        facts=_facts(Activity.done_on, DONE), dimensions=DIMENSIONS,
        description=_("Activities that are done, on the day they were done, for their owner."),
    ),
    Measure(
        key="activities.contacts", label=_("Contacts made"), unit="count", model=MODEL,
        facts=_facts(
            Activity.done_on, DONE,
            sa.or_(Activity.outcome.is_(None), Activity.outcome != "unreached"),
            kinds=Kind.is_contact,
        ),
        dimensions=DIMENSIONS,
        description=_(
            "Calls, meetings, visits and mails that are done and reached somebody, on their day."
        ),
    ),
    Measure(
        key="activities.visits", label=_("Visits made"), unit="count", model=MODEL,
        facts=_facts(Activity.done_on, DONE, kinds=Kind.is_visit), dimensions=DIMENSIONS,
        description=_("Visits that are done, on their day, for their owner."),
    ),
    Measure(
        key="activities.due", label=_("Activities due"), unit="count", model=MODEL,
        facts=_facts(Activity.due, Activity.state != "cancelled", DATED), dimensions=DIMENSIONS,
        description=_("Activities by the day on which they are due, done or not."),
    ),
    Measure(
        key="activities.on_time", label=_("Activities done in time"), unit="count", model=MODEL,
        facts=_facts(Activity.due, DONE, DATED, Activity.done_on <= Activity.due),
        dimensions=DIMENSIONS,
        description=_("Those of the activities due that were done on their day or before."),
    ),
    Measure(
        key="activities.overdue", label=_("Overdue activities"), unit="count", model=MODEL,
        facts=_facts(Activity.due, Activity.state == "open", Activity.when == "overdue"),
        dimensions=DIMENSIONS, direction="down", snapshot=True,
        description=_("Open activities whose day has passed, as of this morning."),
    ),
    Ratio(
        key="activities.on_time_share", label=_("Share done in time"), unit="ratio",
        numerator="activities.on_time", denominator="activities.due",
        description=_("Of the activities due in the period, the share that was done in time."),
    ),
)  # fmt: skip
