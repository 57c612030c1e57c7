"""How far opportunities come, what they yield and how fast."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from flask import render_template, request

from plugin_api import host
from plugin_api.context import Text, current_company, gettext, has_permission, today
from plugin_api.context import lazy_gettext as _
from plugin_api.errors import Forbidden
from plugins.crm import display
from plugins.crm.models import Pipeline
from plugins.crm.services.funnel import outlook, speed, stage_conversion
from plugins.crm.services.stages import default_pipeline

DAYS: Mapping[str, tuple[Text, int]] = {
    "90": (_("Last 90 days"), 90),
    "180": (_("Last 180 days"), 180),
    "365": (_("Last 365 days"), 365),
    "730": (_("Last 730 days"), 730),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """The pipeline and the days that the URL asks for."""

    pipeline_id: int | None
    name: str
    start: date
    end: date


def review() -> str:
    """The funnel of a pipeline, its speed and its outlook, within what the actor may see."""
    if not has_permission("crm.funnel") or not has_permission("crm.Opportunity.read"):
        raise Forbidden(gettext("You may not do this."))
    if not display.sees_amounts():
        raise Forbidden(gettext("You may not do this."))
    pipelines = host().session.execute(
        sa.select(Pipeline.id, Pipeline.name).order_by(Pipeline.position, Pipeline.id)
    )
    known = {row.id: row.name for row in pipelines}
    asked = _asked(known)
    if asked.pipeline_id is None:
        return render_template("crm/review.html", asked=asked)
    return render_template(
        "crm/review.html",
        asked=asked,
        currency=current_company().currency,
        days={name: label for name, (label, _length) in DAYS.items()},
        display=display,
        pipelines=known,
        reaches=stage_conversion(asked.pipeline_id, asked.start, asked.end),
        speed=speed(asked.pipeline_id, asked.start, asked.end),
        outlook=outlook(asked.pipeline_id, asked.start, asked.end),
    )


def _asked(known: Mapping[int, str]) -> Asked:
    wanted = request.args.get("pipeline", type=int)
    pipeline_id = wanted if wanted in known else default_pipeline()
    name = request.args.get("days", "365")
    if name not in DAYS:
        name = "365"
    return Asked(pipeline_id, name, today() - timedelta(days=DAYS[name][1] - 1), today())
