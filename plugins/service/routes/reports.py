"""How satisfied customers are, and how their cases went."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from flask import render_template, request

from plugin_api.context import Text, gettext, today
from plugin_api.context import lazy_gettext as _
from plugin_api.pages import require
from plugins.service import display
from plugins.service.access import READ, READ_VISIT
from plugins.service.services import figures, satisfaction, stats

SPANS: Mapping[str, Text] = {"30": _("30 days"), "90": _("90 days"), "365": _("365 days")}


def _period() -> tuple[str, dt.date, dt.date]:
    span = request.args.get("days", "90")
    if span not in SPANS:
        span = "90"
    end = today()
    return span, end - dt.timedelta(days=int(span) - 1), end


def show_satisfaction() -> str:
    """Satisfaction and recommendation: n, response, interval, months, people, themes."""
    require(READ_VISIT)
    span, start, end = _period()
    return render_template(
        "service/satisfaction.html",
        report=satisfaction.report(start, end, gettext("All")),
        spans=SPANS, span=span, start=start, end=end, least=stats.LEAST, display=display,
    )  # fmt: skip


def show_figures() -> str:
    """Cases by person, team, account, product or channel."""
    require(READ)
    span, start, end = _period()
    by = request.args.get("by", "person")
    if by not in figures.GROUPS:
        by = "person"
    whole, rows = figures.table(by, start, end)
    return render_template(
        "service/figures.html",
        whole=whole, rows=rows, groups=figures.GROUPS, by=by, most=figures.MOST,
        spans=SPANS, span=span, start=start, end=end, display=display,
    )  # fmt: skip
