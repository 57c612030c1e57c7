"""What the rules find now, with the reason, before anything is proposed."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from plugin_api import host
from plugin_api.context import gettext, has_permission, ngettext
from plugin_api.pages import check_company, number, require
from plugins.risk.access import CREATE, DETECT
from plugins.risk.models import Rule
from plugins.risk.services.detecting import proposing, rules

SHOWN = 12


def show() -> str:
    """By rule. A few statements each."""
    require(DETECT)
    found = [(rule, proposing.preview(rule), rules.missing(rule)) for rule in proposing.active()]
    return render_template(
        "risk/detection.html",
        found=found,
        shown=SHOWN,
        fresh=lambda seen: sum(each.risk_id is None for each in seen),
        url=host().record_url,
        may_propose=has_permission(CREATE),
        rules_href=host().list_url("risk.Rule"),
        may_set_up=has_permission("risk.Rule.create"),
        proposed_href=host().list_url("risk.Risk", {"state": "proposed"}),
    )


def propose() -> Response:
    """Propose what a rule finds."""
    require(DETECT)
    require(CREATE)
    check_company()
    made = proposing.propose(host().records.get(Rule, number(request.form.get("rule", "")) or 0))
    host().session.commit()
    said = ngettext("%(num)d risk is proposed.", "%(num)d risks are proposed.", len(made))
    flash(said if made else gettext("Nothing new was found."), "success")
    return redirect(url_for("risk.detection"), 303)
