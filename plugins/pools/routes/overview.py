"""The pools that somebody works from: what lies free, what is theirs, what returns soon."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from flask import render_template

from plugin_api import host
from plugin_api.context import current_actor, has_permission, today
from plugin_api.pages import require
from plugins.pools.access import READ
from plugins.pools.cards import SOON
from plugins.pools.models import Place, Pool
from plugins.pools.services import days, due, limits, reach


@dataclass(frozen=True, slots=True)
class Row:
    """A pool as its page shows it. ``limit`` is the lower of the pool's and that over all."""

    pool: Pool
    free: int
    mine: int
    limit: int | None
    soon: int
    free_href: str
    mine_href: str


def show() -> str:
    """All of them."""
    require(READ)
    pools = list(
        host().session.scalars(
            sa.select(Pool)
            .where(Pool.active, reach.my_pools(current_actor()))
            .order_by(Pool.position, Pool.id)
        )
    )
    me = current_actor().user_id
    counted = {
        (row[0], row[1]): row[2]
        for row in host().session.execute(
            sa.select(
                Place.pool_id,
                sa.case((Place.state == "free", "free"), else_="mine").label("what"),
                sa.func.count(Place.id),
            )
            .where(
                sa.or_(Place.state == "free",
                       sa.and_(Place.state == "held", Place.owner_id == me))
            )
            .group_by(Place.pool_id, sa.literal_column("what"))
        )
    }  # fmt: skip
    coming = due.returns(today() + SOON, where=(Place.owner_id == me,)) if me else []
    return render_template(
        "pools/overview.html",
        rows=[_row(pool, counted, coming, me) for pool in pools],
        may_set_up=has_permission("pools.Pool.create"),
        set_up_href=host().list_url("pools.Pool"),
        soon_days=SOON.days,
    )


def _row(
    pool: Pool, counted: dict[tuple[int, str], int], coming: list[due.Return], me: int | None
) -> Row:
    own = reach.own_limit(pool, me) if me is not None else pool.limit
    return Row(
        pool=pool,
        free=counted.get((pool.id, "free"), 0),
        mine=counted.get((pool.id, "mine"), 0),
        limit=days.lowest(own, limits.overall(pool.kind)),
        soon=sum(each.pool_id == pool.id for each in coming),
        free_href=host().list_url("pools.Place", {"pool": pool.id, "state": "free"}),
        mine_href=host().list_url("pools.Place", {"pool": pool.id, "state": "held", "owner": me}),
    )
