"""How evenly the rules have given out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from flask import render_template, request

from plugin_api import host
from plugin_api.context import Text, current_actor, has_permission, today
from plugin_api.context import lazy_gettext as _
from plugin_api.models import model_of
from plugin_api.pages import require
from plugins.assignment.access import FAIRNESS
from plugins.assignment.models import Rule
from plugins.assignment.services import fairness

SPANS: Mapping[str, Text] = {"30": _("30 days"), "90": _("90 days"), "365": _("365 days")}


def show() -> str:
    """A table a rule: what each got and should have got."""
    require(FAIRNESS)
    span = request.args.get("days", "90")
    if span not in SPANS:
        span = "90"
    end = today()
    start = end - dt.timedelta(days=int(span) - 1)
    rules = list(host().session.scalars(sa.select(Rule).order_by(Rule.position, Rule.id)))
    seen = _seen()
    tables = []
    for rule in rules:
        rows = fairness.table(rule.id, start, end)
        shown = [row for row in rows if seen is None or row.user_id in seen]
        tables.append((rule, shown, sum(row.got for row in rows)))
    return render_template(
        "assignment/fairness.html",
        tables=tables,
        spans=SPANS,
        span=span,
        start=start,
        end=end,
        url=host().record_url,
        given=lambda rule, user: host().list_url("assignment.Given", {"rule": rule, "user": user}),
        may_set_up=has_permission("assignment.Rule.create"),
        new_href=host().list_url("assignment.Rule") + "/new",
    )


def _seen() -> set[int] | None:
    """People whose rows the actor sees; None: everybody."""
    actor = current_actor()
    if actor.is_system or actor.grants.get(FAIRNESS) == "company":
        return None
    user: Any = model_of("core.User")
    teams = sorted({*actor.team_ids, *([actor.team_id] if actor.team_id else [])})
    asked = sa.select(user.id).where(user.team_id.in_(teams))
    return {*host().session.scalars(asked), actor.user_id or 0}
