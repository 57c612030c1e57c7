"""What a new activity starts with, and how many press."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import Actor, today
from plugins.activities.models import Activity
from plugins.activities.services.kinds import by_code

WRITTEN = (
    "activities.Activity", "activities.StepRule", "activities.ContactRule", "activities.Kind",
    "activities.Question",
)  # fmt: skip
"""Models whose records are completed or checked when they are written."""


def starting_values(actor: Actor) -> Mapping[str, Any]:
    """What an empty form starts with."""
    kind = by_code("task")
    values = {
        "owner": actor.user_id,
        "kind": kind.id if kind else None,
        "due": today(),
    }
    return {name: value for name, value in values.items() if value is not None}


def pressing(actor: Actor) -> int:
    """How many of the person's own are due or over."""
    if actor.user_id is None:
        return 0
    asked = sa.select(sa.func.count(Activity.id)).where(
        Activity.owner_id == actor.user_id, Activity.state == "open", Activity.due <= today()
    )
    return int(host().session.scalar(asked) or 0)
