"""Who leads whom, by the company's teams."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from plugin_api.host import host
from plugin_api.models import model_of


def managers() -> Mapping[int, int]:
    """Everybody who is active → the manager of their team, or of the nearest larger one that
    somebody else who is active leads; whom nobody leads is not there. Two statements."""
    team: Any = model_of("core.Team")
    user: Any = model_of("core.User")
    asked = sa.select(team.id, team.parent_id, team.manager_id)
    teams = {row[0]: (row[1], row[2]) for row in host().session.execute(asked)}
    active = sa.select(user.id, user.team_id).where(user.active).order_by(user.id)
    people = {row[0]: row[1] for row in host().session.execute(active)}
    found: dict[int, int] = {}
    for person, own in people.items():
        here, seen = own, set[int]()
        while here is not None and here in teams and here not in seen:
            seen.add(here)
            here, leader = teams[here]
            if leader is not None and leader != person and leader in people:
                found[person] = leader
                break
    return found
