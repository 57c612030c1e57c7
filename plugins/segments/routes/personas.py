"""What is measured of each persona, with how many it rests on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from flask import render_template, request

from plugin_api import host
from plugin_api.context import Text, has_permission, today
from plugin_api.context import lazy_gettext as _
from plugin_api.pages import require
from plugins.segments import display
from plugins.segments.services import personas, statistics

SPANS: Mapping[str, Text] = {
    "365": _("365 days"), "730": _("730 days"), "1825": _("5 years"),
}  # fmt: skip


def show() -> str:
    """Win rate, days to close and basket, each with its interval."""
    require("segments.Persona.read")
    require("crm.Opportunity.read")
    require("crm.Account.read")
    span = request.args.get("days", "730")
    span = span if span in SPANS else "730"
    rows = personas.measured(today() - dt.timedelta(days=int(span) - 1), today())
    return render_template(
        "segments/personas.html",
        rows=rows,
        any_persona=len(rows) > 1,
        span=span,
        spans=SPANS,
        fewest=statistics.FEWEST,
        display=display,
        url=host().record_url,
        accounts=lambda id_: host().list_url("segments.Match", {"persona": id_}),
        may_set_up=has_permission("segments.Persona.create"),
        new_href=host().list_url("segments.Persona") + "/new",
    )
