"""Whom an enrolment rule means, before and when it is applied."""

from __future__ import annotations

from flask import flash, redirect, render_template
from werkzeug.wrappers import Response

from plugin_api import host
from plugin_api.context import has_permission, ngettext
from plugin_api.errors import Refused
from plugin_api.pages import check_company, require
from plugins.training import display
from plugins.training.access import ENROL
from plugins.training.models import Rule
from plugins.training.routes.common import page_number
from plugins.training.services import applying

ROWS = 100


def preview(record_id: int) -> str:
    """Who would be enrolled, in what, until when and why."""
    rule = host().records.get(Rule, record_id)
    planned = applying.plan(rule)
    page = page_number()
    return render_template(
        "training/preview.html",
        rule=rule, planned=planned[(page - 1) * ROWS : page * ROWS], total=len(planned),
        page=page, rows=ROWS, display=display, may_enrol=has_permission(ENROL),
        url=host().record_url,
    )  # fmt: skip


def apply(record_id: int) -> Response:
    """Enrol them now: whom the actor may enrol."""
    rule = host().records.get(Rule, record_id)
    require(ENROL)
    check_company()
    href = host().record_url(Rule.model_key(), record_id)
    try:
        number = applying.apply(rule)
    except Refused as refused:
        host().session.rollback()
        flash(refused.words, "warning")
        return redirect(href, 303)
    host().session.commit()
    flash(ngettext("%(num)s person is enrolled.", "%(num)s are enrolled.", number), "success")
    return redirect(href, 303)
