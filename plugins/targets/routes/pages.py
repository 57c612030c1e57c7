"""The attainment of everyone, and one person's page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import abort, redirect, render_template, request
from werkzeug.wrappers import Response

from plugin_api import host
from plugin_api.context import current_actor, current_company, has_permission
from plugin_api.models import model_of
from plugin_api.pages import require
from plugins.targets import display
from plugins.targets.routes import common
from plugins.targets.routes.asked import PERIOD_LABELS, asked_period
from plugins.targets.routes.ladder import MARKS, chance_text
from plugins.targets.services import profile, reading
from plugins.targets.services.attainment import subtree
from plugins.targets.services.leafing import leaf
from plugins.targets.services.standing import to_go, together
from plugins.targets.services.visibility import visible_people


def attainment() -> str:
    """Target, actual and pace of everyone the actor may see."""
    require(reading.READ)
    asked = asked_period(request.args)
    measures = reading.by_importance()
    used = reading.measures_with_targets()
    known = {measure.key for measure in measures}
    first = [key for key in used if key in known] + [measure.key for measure in measures]
    key = request.args.get("measure") or next(iter(first + used), None)
    stick = reading.yardstick(key) if key else None
    rows = []
    if stick is not None and not asked.error:
        rows = reading.attainment(stick, asked.period, reading.all_teams(), reading.all_people())
    return render_template(
        "targets/attainment.html",
        asked=asked,
        clock=reading.clock(),
        currency=current_company().currency,
        display=display,
        has_targets=any(row.source == "own" for row in rows),
        key=key,
        may_set=has_permission("targets.Target.create"),
        measures=measures,
        missing=[other for other in used if other not in known],
        period_labels=PERIOD_LABELS,
        leaf=leaf(rows, common.number(request.args.get("start")) or 0),
        stick=stick,
    )


def person(user_id: int) -> str:
    """One person against all their targets of a period."""
    require(reading.READ)
    asked = asked_period(request.args)
    actor = current_actor()
    scope = "company" if actor.is_system else actor.grants[reading.READ]
    seen = visible_people(scope, actor, reading.all_people())
    found = next((someone for someone in seen if someone.id == user_id), None)
    if found is None:
        abort(404)
    held = [] if asked.error else profile.profile(found, asked.period)
    return render_template(
        "targets/person.html",
        asked=asked,
        cap=host().setting("targets.cap"),
        chance=chance_text,
        display=display,
        held=held,
        marks=MARKS,
        period_labels=PERIOD_LABELS,
        person=found,
        to_go=to_go,
        weighted=together([each.standing for each in held]),
    )


def records() -> Response:
    """To the list of the records behind a figure."""
    require(reading.READ)
    asked = asked_period(request.args)
    filters: dict[str, Any] = {}
    user, team = (common.number(request.args.get(name)) for name in ("user", "team"))
    if user is not None:
        filters = {"user": user}
    elif team is not None:
        filters = {"team": sorted(subtree(reading.all_teams(), team))}
    behind = host().measures.records(
        request.args.get("measure", ""), asked.period.start, asked.period.end, filters
    )
    model = model_of(behind.model)
    if not model.__collection__:
        abort(404)
    pages = f"{request.script_root}/{model.plugin_id()}/{model.__collection__}"
    return redirect(f"{pages}?{urlencode(behind.query)}")
