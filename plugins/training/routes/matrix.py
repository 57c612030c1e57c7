"""The matrix of skills: people or groups down, skills across."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import render_template, request, url_for

from plugin_api import host
from plugin_api.context import has_permission
from plugin_api.models import model_of
from plugin_api.pages import require
from plugins.training import display
from plugins.training.access import MATRIX, RATE
from plugins.training.models.common import AREAS
from plugins.training.routes.common import number, page_number
from plugins.training.services import matrix

VIEWS = ("people", "team", "role")


def show() -> str:
    """The page."""
    require(MATRIX)
    view = request.args.get("view", "people")
    view = view if view in VIEWS else "people"
    areas = {each.value: each.label for each in AREAS}
    area = request.args.get("area", "")
    asked = matrix.Asked(
        team_id=number("team"), role_id=number("role"), area=area if area in areas else "",
        named=request.args.get("q", "").replace("\0", "").strip()[:100], page=page_number(),
        first=min(number("first") or 0, 10_000),
    )  # fmt: skip
    people = matrix.sheet(asked) if view == "people" else None
    gaps = None if view == "people" else matrix.gaps(asked, view)
    team, role = model_of("core.Team"), model_of("core.Role")

    def link(**given: Any) -> str:
        held: dict[str, Any] = {
            "view": view, "team": asked.team_id, "role": asked.role_id, "area": asked.area or None,
            "q": asked.named or None, "page": asked.page if asked.page > 1 else None,
            "first": asked.first or None,
        }  # fmt: skip
        return url_for("training.matrix", **(held | given))

    return render_template(
        "training/matrix.html",
        view=view, asked=asked, sheet=people, gaps=gaps, areas=areas, link=link,
        skills=people.skills if people else gaps.skills if gaps else [],
        more=people.more if people else gaps.more if gaps else False,
        step=matrix.SKILLS, rows=matrix.PEOPLE, teams=_names(team), roles=_names(role),
        may_rate=has_permission(RATE), display=display,
        may_set_up=has_permission("training.Skill.create"), url=host().record_url,
        new_skill=f"{host().list_url('training.Skill')}/new",
        rate_href=f"{host().list_url('training.Rating')}/new",
    )  # fmt: skip


def _names(model: Any) -> list[tuple[int, str]]:
    rows = host().session.execute(sa.select(model.id, model.name).order_by(model.title_key))
    return [(row[0], row[1]) for row in rows]
