"""The four quadrants with their items."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import sqlalchemy as sa
from flask import render_template

from plugin_api import host
from plugin_api.context import has_permission, today
from plugins.swot import display
from plugins.swot.models import Analysis, Item
from plugins.swot.models.words import MANY
from plugins.swot.services import finishing, readiness, workshop
from plugins.swot.services.wholes import evidence_of, items_of


def show(analysis_id: int) -> str:
    """The board of an analysis. A few statements."""
    analysis = host().records.get(Analysis, analysis_id)
    may_read = has_permission("swot.Item.read")
    items = items_of(analysis.id) if may_read else []
    proofs = evidence_of([item.id for item in items])
    may_change = analysis.state == "draft" and host().records.may(analysis, "update")
    lanes = []
    for quadrant, title in MANY.items():
        here = [item for item in items if item.quadrant == quadrant]
        score = sum((item.score or Decimal(0) for item in here), Decimal(0))
        lanes.append((quadrant, title, here, score))
    return render_template(
        "swot/board.html",
        analysis=analysis,
        lanes=lanes,
        day=_judged_on(analysis),
        proofs=proofs,
        may_move=may_change and has_permission("swot.Item.update"),
        may_add=may_change and has_permission("swot.Item.create"),
        joins=analysis.state in ("collecting", "voting") and workshop.takes_part(analysis),
        lacks=readiness.lacks(finishing.said(items, proofs), today())
        if may_read and analysis.state != "finished"
        else [],
        new_href=f"{host().list_url('swot.Item')}/new",
        href=lambda item: host().record_url(Item.model_key(), item.id),
        url=host().record_url,
        display=display,
    )


def _judged_on(analysis: Analysis) -> dt.date:
    """The day on which items have to be valid: for one that others revise, that of its end."""
    asked = sa.select(Analysis.id).where(Analysis.former_id == analysis.id).limit(1)
    if analysis.finished_on is not None and host().session.scalar(asked) is not None:
        return analysis.finished_on
    return today()
