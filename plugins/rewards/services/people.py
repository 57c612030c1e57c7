"""Who is there, and who waits for whom."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.conditions import criteria
from plugin_api.context import acting_with
from plugin_api.models import model_of

GIVEN = ("rewards.Award.create", "rewards.Award.update", "rewards.Reward.read")


def alone(*ids: int) -> None:
    """Have others wait who change the same people's points, kudos or votes before this
    transaction ends: who waits for several does so in one order. References to them go on."""
    user: Any = model_of("core.User")
    asked = sa.select(user.id).where(user.id.in_(ids)).order_by(user.id)
    host().session.execute(asked.with_for_update(key_share=True))


def fitting(condition: str | None) -> dict[int, int | None]:
    """People who are there and fulfil a condition, with their team. One statement."""
    user: Any = model_of("core.User")
    asked = sa.select(user.id, user.team_id).where(user.active.is_(True))
    if condition:
        asked = asked.where(criteria(user, condition))
    return {row[0]: row[1] for row in host().session.execute(asked)}


def fits(user_id: int, condition: str | None) -> bool:
    """Whether somebody is there and fulfils a condition."""
    user: Any = model_of("core.User")
    asked = sa.select(user.id).where(user.id == user_id, user.active.is_(True))
    if condition:
        asked = asked.where(criteria(user, condition))
    return host().session.scalar(asked) is not None


def names(ids: Iterable[int | None], key: str = "core.User") -> dict[int, str]:
    """Names of people, or of teams, by number. One statement."""
    model: Any = model_of(key)
    asked = sa.select(model.id, model.name).where(model.id.in_({id_ for id_ in ids if id_}))
    return {row[0]: row[1] for row in host().session.execute(asked)}


def titled(what: str, person: str) -> str:
    """What is called by a thing and who has it, as awards and standings are."""
    return f"{what} · {person}"[:300]


def with_rights() -> AbstractContextManager[None]:
    """Give in the actor's name what rules, votes and contests decide, whatever the actor may give
    by themselves."""
    return acting_with(GIVEN)
