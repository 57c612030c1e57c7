"""What returns to the pools on which day, unless something happens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from flask import render_template, request

from plugin_api import host
from plugin_api.context import Text, current_actor, has_permission, today
from plugin_api.context import lazy_gettext as _
from plugin_api.pages import require
from plugins.pools import display
from plugins.pools.access import READ
from plugins.pools.models import Place
from plugins.pools.services import due, kinds, returning
from plugins.pools.services.people import names_of

SPANS: Mapping[str, Text] = {"7": _("7 days"), "14": _("14 days"), "30": _("30 days")}
MOST = 500


def show() -> str:
    """By day, within what the actor sees."""
    require(READ)
    span = request.args.get("days", "14")
    if span not in SPANS:
        span = "14"
    grants = current_actor().grants
    mine = grants.get(READ) == "own" or request.args.get("whose") == "mine"
    which = Place.owner_id == current_actor().user_id if mine else host().records.visible(Place)
    found = due.returns(today() + dt.timedelta(days=int(span)), where=(which,))
    by_day: dict[dt.date, list[due.Return]] = {}
    for each in found[:MOST]:
        by_day.setdefault(max(each.due, today()), []).append(each)
    return render_template(
        "pools/returns.html",
        by_day=by_day,
        number=len(found),
        most=MOST,
        names=names_of(each.owner_id for each in found[:MOST]),
        spans=SPANS,
        span=span,
        mine=mine,
        may_choose=grants.get(READ) != "own",
        display=display,
        why=returning.why,
        href=lambda each: host().record_url("pools.Place", each.place_id),
        log=_log,
    )


def _log(each: due.Return) -> str:
    """Where a contact is written down; empty where the actor cannot."""
    if not (host().is_enabled("activities") and has_permission("activities.Activity.create")):
        return ""
    key = kinds.model_of(each.kind).model_key()
    return f"{request.script_root}/activities/log?about={key}:{each.record_id}"
