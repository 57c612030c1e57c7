"""How activities are done, given up, taken up again and put off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plugin_api import host
from plugin_api.context import gettext, today
from plugin_api.context import lazy_gettext as _
from plugin_api.errors import Rejected
from plugin_api.workflow import Transition, Workflow
from plugins.activities.models import Activity
from plugins.activities.services import days, visits


def _check_done(record: Activity, values: Mapping[str, Any]) -> None:
    """What must be answered is. Raises Rejected."""
    visits.check_answers(record)


def _put(record: Activity, values: dict[str, Any]) -> None:
    """Put an activity into a column of the board."""
    when = values.pop("when", None)
    if when == "closed":
        if record.state == "open":
            visits.check_answers(record)
            record.state = "done"
        return
    try:
        day = days.day_for(str(when), today(), host().calendar.is_work_day)
    except ValueError:
        raise Rejected("when", gettext("Nothing is planned for the past.")) from None
    if record.state in days.CLOSED:
        record.state, record.done_at = "open", None
    record.due = day


ACTIVITIES = Workflow(
    model="activities.Activity",
    field="state",
    transitions=(
        Transition(
            name="done",
            label=_("Done"),
            from_=("open",),
            to="done",
            inputs=("outcome", "result", "done_at"),
            check=_check_done,
            tone="good",
        ),
        Transition(
            name="cancel",
            label=_("Cancel it"),
            from_=("open",),
            to="cancelled",
            inputs=("result",),
        ),
        Transition(name="reopen", label=_("Take up again"), from_=("done", "cancelled"), to="open"),
        Transition(
            name="put_off",
            label=_("Plan for another time"),
            from_=("open", "done", "cancelled"),
            inputs=("when",),
            required=("when",),
            apply=_put,
            button=False,
        ),
    ),
)

WORKFLOWS = (ACTIVITIES,)
