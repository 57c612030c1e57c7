"""How much somebody may hold: in all, and from each pool."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext
from plugin_api.errors import Rejected
from plugins.crm.api import Account
from plugins.pools.models import Place, Pool
from plugins.pools.services import kinds, reach
from plugins.pools.services.kept import kept, put
from plugins.pools.settings import ACCOUNT_LIMIT, COUNT_WON, LEAD_LIMIT


def overall(kind: str) -> int | None:
    """How many somebody may hold in all; None: any number."""
    return host().setting(ACCOUNT_LIMIT if kind == "account" else LEAD_LIMIT) or None


def held_in_all(user_id: int, kind: str) -> int:
    """How many records somebody holds that count, from pools or not."""
    model: Any = kinds.model_of(kind)
    asked = sa.select(sa.func.count(model.id)).where(model.owner_id == user_id, kinds.in_use(kind))
    if kind == "account" and not host().setting(COUNT_WON):
        asked = asked.where(~kinds.was_won(Account.id))
    return host().session.scalar(asked) or 0


def held_from(user_id: int, pool: Pool) -> int:
    """How many of a pool's somebody holds that count."""
    asked = sa.select(sa.func.count(Place.id)).where(
        Place.owner_id == user_id, Place.pool_id == pool.id, Place.state == "held"
    )
    if not pool.count_won:
        asked = asked.where(sa.or_(Place.account_id.is_(None), ~kinds.was_won(Place.account_id)))
    return host().session.scalar(asked) or 0


def check(user_id: int, kind: str, pool: Pool | None) -> None:
    """Raise Rejected where somebody holds as much as they may; the lower limit holds."""
    if pool is not None:
        limit = reach.own_limit(pool, user_id)
        if limit is not None and held_from(user_id, pool) >= limit:
            raise _full(user_id, limit, pool.name)
    limit = overall(kind)
    if limit is not None and held_in_all(user_id, kind) >= limit:
        raise _full(user_id, limit)


def check_new(user_id: int, kind: str) -> None:
    """The same for a new record, of which many may be made at once: counted once, and on from
    there."""
    limit = overall(kind)
    if limit is None:
        return
    key = ("held", kind, user_id)
    number = kept(key, lambda: held_in_all(user_id, kind))
    if number >= limit:
        raise _full(user_id, limit)
    put(key, number + 1)


def _full(user_id: int, limit: int, pool: str = "") -> Rejected:
    name = host().title_of("core.User", user_id)
    if pool:
        text = gettext(
            "%(name)s holds as much from the pool “%(pool)s” as is allowed: %(limit)d.",
            name=name, pool=pool, limit=limit,
        )  # fmt: skip
    else:
        text = gettext(
            "%(name)s holds as much in all as is allowed: %(limit)d.", name=name, limit=limit
        )
    return Rejected("owner", text)
