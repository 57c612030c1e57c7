"""The wall of recognition."""

from __future__ import annotations

import sqlalchemy as sa
from flask import render_template, request

from plugin_api import host
from plugin_api.context import current_actor, has_permission
from plugin_api.pages import require
from plugins.rewards import display
from plugins.rewards.access import PRAISE, WALL
from plugins.rewards.models import Value
from plugins.rewards.services import praise, wall


def show() -> str:
    """The newest kudos and awards, of one value or all."""
    require(WALL)
    asked = sa.select(Value.id, Value.name).where(Value.active.is_(True))
    found = host().session.execute(asked.order_by(Value.position, Value.id))
    values = [(row[0], row[1]) for row in found]
    chosen = request.args.get("value", "")
    value_id = next((id_ for id_, _name in values if str(id_) == chosen), None)
    me = current_actor().user_id
    may = has_permission(PRAISE) and me is not None
    return render_template(
        "rewards/wall.html", notes=wall.notes(value_id), values=values, value_id=value_id,
        display=display, may_praise=may, left=praise.left(me) if may and me else None,
        new_href=host().list_url("rewards.Kudos") + "/new",
    )  # fmt: skip
