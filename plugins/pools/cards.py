"""What people open with: what they are about to lose, and what lies free."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from flask import url_for
from flask_babel import format_decimal

from plugin_api import host
from plugin_api.cards import Card, CardContent, Line
from plugin_api.context import current_actor, gettext, today
from plugin_api.context import lazy_gettext as _
from plugin_api.panels import Fact
from plugins.pools import display
from plugins.pools.access import READ
from plugins.pools.models import Place, Pool
from plugins.pools.services import due, kinds, reach, returning
from plugins.pools.services.people import names_of

SOON = dt.timedelta(days=7)
MOST = 6


def soon() -> CardContent:
    """What returns in the next days: the person's own, or of whom they lead."""
    mine = current_actor().grants.get(READ) == "own"
    which = Place.owner_id == current_actor().user_id if mine else host().records.visible(Place)
    found = due.returns(today() + SOON, where=(which,))
    names = {} if mine else names_of(each.owner_id for each in found[:MOST])
    return CardContent(
        lines=tuple(
            Line(
                text=each.title,
                href=host().record_url(kinds.model_of(each.kind).model_key(), each.record_id),
                value=display.day(each.due),
                tone=display.tone(each.due),
                note=" · ".join(filter(None, (names.get(each.owner_id, ""), returning.why(each)))),
            )
            for each in found[:MOST]
        ),
        empty=gettext("Nothing returns to a pool in the next days."),
        more_href=url_for("pools.returns") if found else "",
    )


def free() -> CardContent:
    """What lies free in the pools that the person works from. One statement."""
    asked = (
        sa.select(Pool.id, Pool.name, sa.func.count(Place.id))
        .join(Place, Place.pool_id == Pool.id)
        .where(
            Pool.active, Place.state == "free", reach.my_pools(current_actor()),
            host().records.visible(Place),
        )
        .group_by(Pool.id, Pool.name, Pool.position)
        .order_by(Pool.position, Pool.id)
    )  # fmt: skip
    return CardContent(
        facts=tuple(
            Fact(
                label=row[1], value=format_decimal(row[2]),
                href=host().list_url("pools.Place", {"pool": row[0], "state": "free"}),
            )
            for row in host().session.execute(asked)
        ),
        empty=gettext("Nothing lies free in your pools."),
        more_href=url_for("pools.overview"),
    )  # fmt: skip


CARDS = (
    Card(
        id="soon", title=_("Returns to the pool soon"), load=soon, permission=READ,
        roles=("rep", "manager"), order=23,
    ),
    Card(
        id="free", title=_("Free in the pools"), load=free, permission=READ, roles=("rep",),
        order=60,
    ),
)  # fmt: skip
