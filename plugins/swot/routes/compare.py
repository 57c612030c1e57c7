"""An analysis against an earlier one, and against those of others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from flask import render_template, request

from plugin_api import host
from plugin_api.context import has_permission
from plugin_api.pages import number
from plugins.swot import display
from plugins.swot.models import Analysis, Item
from plugins.swot.models.words import FACTORS, MANY
from plugins.swot.services import radar
from plugins.swot.services.comparing import Change, Seen, changes, standing, totals

MOST = 5
"""Analyses that are drawn over each other."""
OFFERED = 200


def show(analysis_id: int) -> str:
    """The comparison that the address asks for. A few statements."""
    analysis = host().records.get(Analysis, analysis_id)
    offered = _offered(analysis)
    known = {each.id: each for each in offered}
    before = known.get(number(request.args.get("before", "")) or 0)
    if before is None and "before" not in request.args:
        before = known.get(analysis.former_id or 0)
    others = _others(analysis, offered)
    shown = [analysis, *others]
    seen = _seen([each.id for each in (*shown, *([before] if before else []))])
    found: list[Change] = []
    if before is not None:
        found = changes(seen[before.id], seen[analysis.id])
    stands = {each.id: standing(seen[each.id]) for each in shown}
    keys = [each.value for each in FACTORS if any(each.value in some for some in stands.values())]
    return render_template(
        "swot/compare.html",
        analysis=analysis,
        offered=offered,
        before=before,
        others={each.id for each in others},
        changes=found,
        shown=shown,
        sums={each.id: totals(seen[each.id]) for each in shown},
        many=MANY,
        stands=stands,
        keys=keys,
        drawing=_drawing(shown, stands, keys),
        most=MOST,
        url=host().record_url,
        display=display,
    )


def _offered(analysis: Analysis) -> list[Analysis]:
    """Other analyses that the actor sees, the latest first."""
    asked = sa.select(Analysis).where(Analysis.id != analysis.id, host().records.visible(Analysis))
    order = (Analysis.on.desc(), Analysis.id.desc())
    return list(host().session.scalars(asked.order_by(*order).limit(OFFERED)))


def _others(analysis: Analysis, offered: Sequence[Analysis]) -> list[Analysis]:
    """Those that the address names; unasked, the latest of each competitor."""
    if "with" in request.args or "before" in request.args:
        asked = {number(text) for text in request.args.getlist("with")}
        return [each for each in offered if each.id in asked][: MOST - 1]
    found: dict[str, Analysis] = {}
    for each in offered:
        if each.kind == "competitor" and each.subject != analysis.subject:
            found.setdefault(each.subject or "", each)
    return list(found.values())[: MOST - 1]


def _seen(ids: Sequence[int]) -> Mapping[int, list[Seen]]:
    """What analyses say, by their number. One statement."""
    found: dict[int, list[Seen]] = {id_: [] for id_ in ids}
    if not has_permission("swot.Item.read"):
        return found
    asked = (
        sa.select(
            Item.analysis_id, Item.id, Item.name, Item.quadrant, Item.weight, Item.intensity,
            Item.factor, Item.former_id,
        )
        .where(Item.analysis_id.in_(ids), ~Item.put_aside)
        .order_by(Item.id)
    )  # fmt: skip
    for row in host().session.execute(asked):
        found[row[0]].append(Seen(*row[1:]))
    return found


def _drawing(
    shown: Sequence[Analysis], stands: Mapping[int, Any], keys: Sequence[str]
) -> dict[str, Any] | None:
    """The radar; None with fewer axes than make one."""
    if len(keys) < radar.LEAST:
        return None
    lines = [radar.line(stands[each.id], keys) for each in shown]
    return {
        "size": radar.SIZE,
        "middle": radar.SIZE / 2,
        "axes": radar.axes([display.label("factor", key) for key in keys]),
        "rings": [radar.ring(len(keys), value) for value in (-2.5, 2.5, 5)],
        "zero": radar.ring(len(keys), 0),
        "lines": [(found, radar.joined(found)) for found in lines],
    }
