"""Planning all activities of a template for a record."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from flask import render_template, request

from plugin_api import host
from plugin_api.context import gettext, ngettext, today
from plugin_api.errors import NotFound, Refused, Rejected
from plugin_api.pages import check_company, number, require
from plugins.activities import display
from plugins.activities.access import CREATE
from plugins.activities.models import Plan
from plugins.activities.routes import common
from plugins.activities.services import plans


def choose() -> str:
    """Ask which plan, and from which day on."""
    require(CREATE)
    return _page(request.args)


def apply() -> common.Answer:
    """Plan it."""
    require(CREATE)
    check_company()
    form = request.form
    try:
        found = common.about(form.get("about", ""))
        if found is None:
            raise Rejected("", gettext("Say which record."))
        plan_id = number(form.get("plan", "")) or 0
        plan = host().session.scalar(sa.select(Plan).where(Plan.id == plan_id))
        if plan is None:
            raise Rejected("plan", gettext("Choose a plan."))
        first = common.day(form.get("first", ""), "first") or today()
        made = plans.apply(plan, found[0], first)
    except NotFound:
        raise
    except Refused as refused:
        host().session.rollback()
        return _page(form, refused), refused.status
    said = ngettext("%(num)d activity planned.", "%(num)d activities planned.", len(made))
    return common.go_on(host().record_url(*found[0]), said)


def _page(given: Mapping[str, str], refused: Refused | None = None) -> str:
    found = common.about(given.get("about", ""))
    if found is None:
        raise NotFound("")
    first = today()
    offered = [
        (plan, plans.dated(plans.steps_of(plan), first)) for plan in plans.usable(found[0][0])
    ]
    return render_template(
        "activities/plan.html",
        given=given,
        about=given.get("about", ""),
        subject=found[1].title,
        plans=offered,
        display=display,
        first=given.get("first") or first.isoformat(),
        error=refused.words if refused else "",
        next=host().record_url(*found[0]),
        list_title=found[1].title,
        list_href=host().record_url(*found[0]),
        setup_href=host().list_url("activities.Plan"),
    )
