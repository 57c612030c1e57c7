"""The heat map, which leads to the records."""

from __future__ import annotations

from flask import render_template, request

from plugin_api import host
from plugin_api.context import has_permission
from plugin_api.pages import require
from plugins.risk import display
from plugins.risk.access import CREATE, DETECT, READ, REPORT
from plugins.risk.models.choices import IMPACTS, LIKELIHOODS
from plugins.risk.services import appetite, overview

SHOWN = ("", "inherent", "current", "residual")


def show() -> str:
    """All risks of the register, or those of a category, at a level. A few statements."""
    require(READ)
    level, category = request.args.get("level", ""), request.args.get("category", "")
    level = level if level in SHOWN else ""
    category = category if category in display.CATEGORY_LABELS else ""
    rows = overview.heat(level, category)
    return render_template(
        "risk/heat.html",
        rows=rows,
        level=level,
        category=category,
        levels=display.LEVEL_LABELS,
        categories=display.CATEGORY_LABELS,
        likelihoods=LIKELIHOODS,
        impacts=IMPACTS,
        totals=overview.totals(),
        line=appetite.of(category) if category else None,
        number=sum(cell.count for row in rows for cell in row),
        href=lambda query: host().list_url("risk.Risk", query),
        new_href=f"{host().list_url('risk.Risk')}/new" if has_permission(CREATE) else "",
        may_detect=has_permission(DETECT),
        may_report=has_permission(REPORT),
        display=display,
    )
