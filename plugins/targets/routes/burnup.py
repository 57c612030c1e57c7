"""How a figure grows towards its target, beside what is due by each day."""

from __future__ import annotations

from flask import render_template, request

from plugin_api.context import current_actor, current_company, gettext
from plugin_api.errors import NotFound
from plugin_api.pages import require
from plugins.targets import display
from plugins.targets.routes import common
from plugins.targets.routes.asked import PERIOD_LABELS, asked_period
from plugins.targets.services import reading
from plugins.targets.services.attainment import Who
from plugins.targets.services.course import Course, course
from plugins.targets.services.drawing import drawing
from plugins.targets.services.visibility import visible_people, visible_teams

ROWS = 40
"""Of the table: of more points, every so many."""


def show() -> str:
    """The chart, and the same as a table."""
    require(reading.READ)
    asked = asked_period(request.args)
    key = common.usual_measure(request.args.get("measure"))
    stick = reading.yardstick(key) if key else None
    scope = stick.scope() if stick else None
    found: Course | None = None
    choices: dict[str, str] = {}
    chosen = request.args.get("who", "")
    if stick is not None and scope is not None and not asked.error:
        actor = current_actor()
        teams = visible_teams(scope, actor, reading.all_teams())
        people = visible_people(scope, actor, reading.all_people())
        choices = {"company": current_company().name} if scope == "company" else {}
        choices |= {f"team-{team.id}": team.name for team in teams}
        choices |= {f"user-{person.id}": person.name for person in people}
        chosen = chosen or next(iter(choices), "")
        if chosen not in choices:
            raise NotFound(gettext("There is nobody of that kind here."))
        found = course(stick, who_of(chosen), asked.period, teams, people)
    rows = found.points if found else []
    every = max(len(rows) // ROWS, 1)
    return render_template(
        "targets/burnup.html",
        asked=asked,
        choices=choices,
        chosen=chosen,
        course=found,
        currency=current_company().currency,
        display=display,
        drawing=drawing(found, asked.period.start) if found else None,
        key=key,
        measures=reading.by_importance(),
        period_labels=PERIOD_LABELS,
        rows=rows[every - 1 :: every],
        stick=stick,
    )


def who_of(text: str) -> Who:
    """``company``, ``team-3`` or ``user-7``."""
    level, _dash, id_ = text.partition("-")
    return (level, common.number(id_))  # type: ignore[return-value]
