"""People, who leads them, and who writes reports."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.models import model_of


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works here."""

    id: int
    name: str
    team_id: int | None
    role: str | None


def names_of(ids: Collection[int | None]) -> Mapping[int, str]:
    """What people are called. One statement."""
    user: Any = model_of("core.User")
    wanted = {id_ for id_ in ids if id_ is not None}
    if not wanted:
        return {}
    asked = sa.select(user.id, user.name).where(user.id.in_(wanted))
    return {row[0]: row[1] for row in host().session.execute(asked)}


def everybody() -> Mapping[int, Person]:
    """Who is active, by id, in the order of names. One statement."""
    user: Any = model_of("core.User")
    role: Any = model_of("core.Role")
    asked = (
        sa.select(user.id, user.name, user.team_id, role.code)
        .outerjoin(role, role.id == user.role_id)
        .where(user.active)
        .order_by(user.title_key, user.id)
    )
    return {row[0]: Person(*row) for row in host().session.execute(asked)}


def with_roles(role_ids: Collection[int | None]) -> Mapping[int, list[int]]:
    """Who is active with which role. One statement."""
    user: Any = model_of("core.User")
    wanted = {id_ for id_ in role_ids if id_ is not None}
    made: dict[int, list[int]] = {id_: [] for id_ in wanted}
    if wanted:
        asked = sa.select(user.role_id, user.id).where(user.role_id.in_(wanted), user.active)
        for role_id, user_id in host().session.execute(asked.order_by(user.id)):
            made[role_id].append(user_id)
    return made
