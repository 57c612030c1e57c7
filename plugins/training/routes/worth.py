"""Whether a course was worth it, and what a learner says of it."""

from __future__ import annotations

import datetime as dt

from flask import render_template, request, url_for
from werkzeug.wrappers import Response

from plugin_api import host
from plugin_api.context import current_company, gettext
from plugin_api.errors import Refused
from plugin_api.pages import check_company, require
from plugin_api.periods import YEARS, month_start
from plugins.training import display
from plugins.training.access import EVALUATE
from plugins.training.models import Course, Enrolment, Reaction
from plugins.training.routes.common import go_back, go_on, number
from plugins.training.services import evaluating, results

MONTHS = 3


def evaluation(record_id: int) -> str:
    """All four levels, the last one for a wave of people that can be chosen."""
    course = host().records.get(Course, record_id)
    require(EVALUATE)
    months = min(max(number("months") or MONTHS, 1), results.MOST_MONTHS)
    asked = results.wave(course, months)
    first, last = _month("from"), _month("to")
    if first is not None:
        last = last if last is not None and last >= first else first
        asked = results.Asked(first, month_start(last, 1) - dt.timedelta(days=1), months)
    return render_template(
        "training/evaluation.html",
        course=course, said=evaluating.said(course), tested=evaluating.tested(course),
        seen=evaluating.seen(course), result=results.result(course, asked), display=display,
        currency=current_company().currency, url=host().record_url, most=results.MOST_MONTHS,
    )  # fmt: skip


def _month(name: str) -> dt.date | None:
    """A month as browsers send it, 2026-03; None for anything else, and for one that nobody
    means: months before and after it are asked for too."""
    try:
        found = dt.datetime.strptime(request.args.get(name, ""), "%Y-%m").date()  # noqa: DTZ007
    except ValueError:
        return None
    return found if found.year in YEARS else None


def react(record_id: int) -> Response:
    """Keep what a learner says."""
    enrolment = host().records.get(Enrolment, record_id)
    check_company()
    marks = {name: number(name) for name in ("overall", "useful", "taught")}
    comment = request.form.get("comment", "").strip()
    values = {"enrolment_id": enrolment.id, "comment": comment or None, **marks}
    href = url_for("training.learn", record_id=record_id)
    try:
        host().records.create(Reaction, values)
    except Refused as refused:
        return go_back(refused, href)
    return go_on(href, gettext("Thank you for telling."))
