"""Whom an enrolment rule means, before and when it is applied."""

from __future__ import annotations

from flask import render_template
from werkzeug.wrappers import Response

from plugin_api import host
from plugin_api.context import has_permission, ngettext
from plugin_api.errors import Refused
from plugin_api.pages import check_company, require
from plugins.training import display
from plugins.training.access import ENROL
from plugins.training.models import Rule
from plugins.training.routes.common import go_back, go_on, page_number
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
        return go_back(refused, href)
    said = ngettext("%(num)s person is enrolled.", "%(num)s are enrolled.", number)
    return go_on(href, said)
