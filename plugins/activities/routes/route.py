"""The visits of a day in the order in which they are made."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from flask import redirect, render_template, request, url_for
from flask_babel import format_date

from plugin_api import host
from plugin_api.context import current_actor, has_permission, today
from plugin_api.errors import Rejected
from plugin_api.pages import check_company, number, require
from plugins.activities import display
from plugins.activities.access import CREATE, READ
from plugins.activities.models import Check
from plugins.activities.routes import common
from plugins.activities.services import kinds, visits

_FIRST, _LAST = dt.date.min + dt.timedelta(days=1), dt.date.max - dt.timedelta(days=1)


def show() -> str:
    """The route: one's own, or that of somebody whose activities one sees."""
    require(READ)
    day, user_id = _asked(request.args)
    stops = visits.stops(user_id, day)
    kind = next((each for each in kinds.usable() if each.is_visit), None)
    return render_template(
        "activities/route.html",
        day=day,
        label=format_date(day, "full"),
        before=_href(max(day, _FIRST) - dt.timedelta(days=1), user_id),
        after=_href(min(day, _LAST) + dt.timedelta(days=1), user_id),
        now=_href(today(), user_id),
        user_id=user_id,
        who=display.people([user_id]).get(user_id, ""),
        is_me=user_id == current_actor().user_id,
        stops=stops,
        checked=_checked([each.id for each in stops]),
        may_change=has_permission("activities.Activity.update"),
        create_href=url_for("activities.plan_next", kind=kind.code or kind.id, due=day.isoformat())
        if kind is not None and has_permission(CREATE)
        else "",
        display=display,
    )


def reorder() -> common.Answer:
    """Move a stop up or down."""
    require("activities.Activity.update")
    check_company()
    day, user_id = _asked(request.form)
    way = {"up": -1, "down": 1}.get(request.form.get("way", ""), 0)
    visits.reorder(visits.stops(user_id, day), number(request.form.get("stop", "")) or 0, way)
    host().session.commit()
    return redirect(_href(day, user_id), 303)


def _asked(given: Any) -> tuple[dt.date, int]:
    try:
        day = common.day(given.get("day", ""), "day") or today()
    except Rejected:
        day = today()
    return day, number(given.get("person", "")) or current_actor().user_id or 0


def _href(day: dt.date, user_id: int) -> str:
    mine = user_id == current_actor().user_id
    return url_for("activities.route", day=day.isoformat(), person=None if mine else user_id)


def _checked(ids: list[int]) -> dict[int, dict[str, Any]]:
    """Visit → way → the last check of it. One statement."""
    made: dict[int, dict[str, Any]] = {}
    if ids:
        asked = sa.select(Check).where(Check.activity_id.in_(ids)).order_by(Check.at)
        for row in host().session.scalars(asked):
            made.setdefault(row.activity_id, {})[row.way] = row
    return made
