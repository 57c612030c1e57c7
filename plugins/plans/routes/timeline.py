"""Steps over time, with what waits for what: a drawing, and the same as a table."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from babel.dates import format_skeleton
from flask import render_template, request, url_for
from flask_babel import get_locale

from plugin_api import host
from plugin_api.context import current_actor, gettext, has_permission, pgettext, today
from plugin_api.pages import number, require
from plugins.plans import display
from plugins.plans.access import READ, STRATEGY
from plugins.plans.models import Objective, Step, Strategy
from plugins.plans.routes import common
from plugins.plans.services import gantt, people, steps

MOST = 150


def show() -> str:
    """The steps of a strategy, of somebody, or all that are open and that the actor sees."""
    require(READ)
    strategy_id = number(request.args.get("strategy", ""))
    who = number(request.args.get("who", ""))
    zoom = request.args.get("zoom", "month")
    zoom = zoom if zoom in gantt.PIXELS else "month"
    rows, more = _rows(strategy_id, who)
    ids = [row.id for row in rows]
    edges = steps.edges_of(ids)
    milestones = {row.id for row in rows if row.milestone}
    chart = gantt.draw([steps.bar(row) for row in rows], edges, today(), zoom, milestones)
    late = steps.threatened(ids)
    names = people.names_of([row.owner_id for row in rows])
    waits: dict[int, list[str]] = {}
    titles = {row.id: row.name for row in rows}
    for edge in edges:
        waits.setdefault(edge.step, []).append(titles.get(edge.before, gettext("another step")))

    def link(**given: Any) -> str:
        asked = {"strategy": strategy_id, "who": who, "zoom": zoom, **given}
        return url_for("plans.timeline", **{key: value for key, value in asked.items() if value})

    return render_template(
        "plans/timeline.html",
        rows=rows,
        chart=chart,
        geometry=gantt,
        heads=[(x, _head(day, zoom)) for x, day in chart.heads],
        late=late,
        names=names,
        waits=waits,
        more=more,
        most=MOST,
        zoom=zoom,
        zooms={
            "week": pgettext("plan", "Weeks"),
            "month": pgettext("plan", "Months"),
            "quarter": gettext("Far"),
        },
        strategies=_strategies(),
        strategy_id=strategy_id,
        whose=common.choosable(),
        who=who,
        tone=_tone,
        link=link,
        url=host().record_url,
        display=display,
    )


def _head(day: Any, zoom: str) -> str:
    skeleton = "MMMd" if zoom == "week" else "yMMM"
    return str(format_skeleton(skeleton, day, locale=get_locale()))


def _tone(row: Any, late: dict[int, int]) -> str:
    if row.state == "done":
        return "good"
    if row.due < today():
        return "bad"
    return "warn" if row.id in late else "info"


def _rows(strategy_id: int | None, who: int | None) -> tuple[list[Any], bool]:
    wanted = [Step.state != "cancelled", host().records.visible(Step)]
    if strategy_id is not None:
        wanted.append(Objective.strategy_id == strategy_id)
    else:
        # Of all there is, what is over would fill the page.
        wanted.append(Step.state != "done")
    if who is not None:
        wanted.append(Step.owner_id == who)
    elif strategy_id is None and current_actor().grants.get(READ) == "own":
        wanted.append(Step.owner_id == current_actor().user_id)
    asked = (
        sa.select(
            Step.id, Step.name, Step.start, Step.due, Step.done_on, Step.state, Step.owner_id,
            Step.milestone, Step.carried, Objective.name.label("objective"),
            Objective.id.label("objective_id"),
        )
        .outerjoin(Objective, Objective.id == Step.objective_id)
        .where(*wanted)
        .order_by(
            Objective.end.is_(None), Objective.end, Objective.id,
            sa.func.coalesce(Step.start, Step.due), Step.due, Step.id,
        )
        .limit(MOST + 1)
    )  # fmt: skip
    rows = list(host().session.execute(asked))
    return rows[:MOST], len(rows) > MOST


def _strategies() -> list[Any]:
    if not has_permission(STRATEGY):
        return []
    asked = sa.select(Strategy.id, Strategy.name).where(host().records.visible(Strategy))
    return list(host().session.execute(asked.order_by(Strategy.name).limit(200)))
