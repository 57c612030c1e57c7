"""Which places somebody sees, claims and administers as a member of pools."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from plugin_api import host
from plugin_api.context import Actor, acting_with, current_actor
from plugin_api.models import model_of
from plugins.pools.access import ASSIGN, CLAIM, GIVE_BACK, READ
from plugins.pools.models import Member, Place, Pool

WRITTEN = ("crm.Account.update", "crm.Lead.update", "crm.Contact.update", "crm.Account.read",
           "crm.Lead.read", "crm.Contact.read")  # fmt: skip


def legs(permission: str, actor: Actor) -> Sequence[sa.Select[Any]]:
    """Ids of places that the permission reaches through membership; see
    :meth:`plugin_api.models.Base.reached_besides`."""
    place: Any = aliased(Place)
    pool: Any = aliased(Pool)
    asked = sa.select(place.id).join(pool, pool.id == place.pool_id).where(pool.active)
    found = []
    if permission in (READ, CLAIM):
        seen = sa.or_(place.state == "free", sa.and_(pool.shows_held, place.state == "held"))
        member = sa.or_(pool.open_to_all, pool.id.in_(_pools_of(actor)))
        found.append(asked.where(member, seen))
    if permission in (READ, CLAIM, ASSIGN, GIVE_BACK):
        found.append(asked.where(pool.id.in_(_pools_of(actor, "admin"))))
    return found


def _pools_of(actor: Actor, *roles: str) -> sa.Select[Any]:
    member: Any = aliased(Member)
    mine = member.user_id == actor.user_id
    if actor.shared_teams:
        mine = sa.or_(mine, member.team_id.in_(sorted(actor.shared_teams)))
    asked = sa.select(member.pool_id).where(mine)
    return asked.where(member.role.in_(roles)) if roles else asked


def administers(pool_id: int) -> bool:
    """Whether the actor assigns what lies in a pool: they manage the people, or the pool."""
    actor = current_actor()
    if actor.is_system or actor.grants.get(ASSIGN, "own") != "own":
        return True
    if ASSIGN not in actor.grants:
        return False
    asked = _pools_of(actor, "admin").where(Member.pool_id == pool_id)
    return host().session.scalar(sa.select(asked.exists())) or False


def my_pools(actor: Actor) -> sa.ColumnElement[bool]:
    """Pools that the actor works from, or sees all of."""
    if actor.is_system or actor.grants.get(READ) == "company":
        return sa.true()
    return sa.or_(Pool.open_to_all, Pool.id.in_(_pools_of(actor)))


def is_member(pool: Pool, user_id: int) -> bool:
    """Whether a person works from a pool: by name, or by a team of theirs or one above it."""
    return pool.open_to_all or _membership(pool.id, user_id) is not None


def own_limit(pool: Pool, user_id: int) -> int | None:
    """How many somebody may hold from a pool; None: any number."""
    found = _membership(pool.id, user_id)
    return found.limit if found is not None and found.limit is not None else pool.limit


def _membership(pool_id: int, user_id: int) -> Member | None:
    """How a person is a member; what names the person goes before what names a team."""
    teams = _teams_of(user_id)
    asked = (
        sa.select(Member)
        .where(
            Member.pool_id == pool_id,
            sa.or_(Member.user_id == user_id, Member.team_id.in_(teams)),
        )
        .order_by(Member.user_id.is_(None), Member.id)
    )
    return host().session.scalars(asked).first()


def _teams_of(user_id: int) -> list[int]:
    user: Any = model_of("core.User")
    team: Any = model_of("core.Team")
    session = host().session
    at = session.scalar(sa.select(user.team_id).where(user.id == user_id))
    above = {row[0]: row[1] for row in session.execute(sa.select(team.id, team.parent_id))}
    found: list[int] = []
    while at is not None and at not in found:
        found.append(at)
        at = above.get(at)
    return found


def with_rights() -> AbstractContextManager[None]:
    """Write records of the CRM in the actor's name, though they may not reach them yet, or any
    more: what somebody claims or gives back is changed by the pool's rules."""
    return acting_with(WRITTEN)
