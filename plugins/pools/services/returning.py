"""What happens each morning: what is due returns, and who is about to lose something is told."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from flask_babel import format_date

from plugin_api import host
from plugin_api.context import gettext, ngettext, today
from plugins.pools.models import Place, Pool
from plugins.pools.services import due, moving, places

AHEAD = dt.timedelta(days=366)


def collect() -> int:
    """Give records that pools take their places; how many came in."""
    return sum(places.enter(kind) for kind in ("account", "lead"))


def reclaim() -> int:
    """Return everything that is due; how many did. Done twice, the second finds nothing."""
    for kind in ("account", "lead"):
        moving.wait(kind)
    found = due.returns(today())
    for number, each in enumerate(found):
        host().jobs.progress(number, len(found))
        place = host().session.scalars(sa.select(Place).where(Place.id == each.place_id)).one()
        moving.hand(place, "reclaimed", None, reason=why(each), rule=each.rule)
    return len(found)


def remind() -> int:
    """Tell holders of what returns soon, once for each day of return; how many were told."""
    longest = host().session.scalar(sa.select(sa.func.max(Pool.remind_days))) or 0
    day, told = today(), 0
    found = due.returns(day + dt.timedelta(days=longest))
    records: dict[int, Any] = {}
    wanted = [each for each in found if each.remind <= day < each.due and each.reminded != each.due]
    if wanted:
        asked = sa.select(Place).where(Place.id.in_([each.place_id for each in wanted]))
        records = {place.id: place for place in host().session.scalars(asked)}
    for each in wanted:
        place = records[each.place_id]
        text = gettext(
            "It returns to the pool “%(pool)s” on %(day)s: %(why)s",
            pool=each.pool, day=format_date(each.due, "medium"), why=why(each),
        )  # fmt: skip
        host().remind(moving.record_of(place), [each.owner_id], text)
        place.reminded = each.due
        told += 1
    return told


def why(each: due.Return) -> str:
    """Why something returns, in words that stay true."""
    since = format_date(each.last, "medium")
    said = {
        "contact": ngettext(
            "no contact for %(num)d day, since %(since)s.",
            "no contact for %(num)d days, since %(since)s.", each.days, since=since,
        ),
        "opportunity": ngettext(
            "no opportunity opened for %(num)d day, since %(since)s.",
            "no opportunity opened for %(num)d days, since %(since)s.", each.days, since=since,
        ),
        "won": ngettext(
            "nothing won for %(num)d day, since %(since)s.",
            "nothing won for %(num)d days, since %(since)s.", each.days, since=since,
        ),
    }  # fmt: skip
    return str(said[each.event])
