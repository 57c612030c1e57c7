"""Attainment of people by periods of a year, as a map that is read at a glance."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import render_template, request

from plugin_api.context import current_actor, current_company, lazy_pgettext
from plugin_api.context import lazy_gettext as _
from plugin_api.pages import require
from plugins.targets import display
from plugins.targets.routes.grid import KIND_LABELS, wanted_of
from plugins.targets.services import grid, heat, reading
from plugins.targets.services.heat import Spot
from plugins.targets.services.visibility import visible_teams

LEGEND: tuple[tuple[str, Any], ...] = (
    ("good", _("100 % and more, or on plan so far")),
    ("warn", _("75 to 100 % of what was due")),
    ("bad", _("below 75 %")),
    ("neutral", lazy_pgettext("target", "not begun, or no target")),
)


def show() -> str:
    """The map."""
    require(reading.READ)
    wanted = wanted_of(request.args)
    frame, sheet = wanted.frame, grid.Sheet()
    teams = []
    if frame is not None:
        sheet = grid.sheet(frame, team=wanted.team, named=wanted.named, page=wanted.page)
        scope = frame.stick.scope()
        teams = visible_teams(scope, current_actor(), reading.all_teams()) if scope else []
    return render_template(
        "targets/heat.html",
        bands=heat.bands(frame, sheet.lines) if frame else [],
        currency=current_company().currency,
        display=display,
        kind_labels=KIND_LABELS,
        legend=LEGEND,
        measures=reading.by_importance(),
        of=frame,
        sheet=sheet,
        teams=teams,
        tone=tone_of,
        wanted=wanted,
    )


def tone_of(spot: Spot, direction: str) -> str:
    """How a spot is coloured: by its pace, so that a month that is not over is judged by the days
    that are."""
    if spot.pace is None:
        return "neutral"
    if direction == "down":
        return "good" if spot.pace <= 1 else "bad"
    if spot.pace >= 1 or (spot.share or Decimal(0)) >= 1:
        return "good"
    return "warn" if spot.pace >= display.BEHIND else "bad"
