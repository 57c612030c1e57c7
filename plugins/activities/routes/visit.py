"""One visit, as one has it before oneself on the telephone: arrive, ask, photograph, leave."""

from __future__ import annotations

from secrets import token_hex

from flask import flash, jsonify, make_response, redirect, render_template, request, url_for

from plugin_api import host
from plugin_api.context import current_actor, gettext
from plugin_api.errors import NotFound, Refused
from plugin_api.pages import check_company, number, require
from plugins.activities import display
from plugins.activities.access import READ
from plugins.activities.models import Activity
from plugins.activities.routes import common
from plugins.activities.services import visits

MARK = "q"
"""Before the number of a question in a form."""


def show(activity_id: int) -> common.Answer:
    """The page. It alone may ask the browser where it is."""
    require(READ)
    answer = make_response(_page(host().records.get(Activity, activity_id)))
    answer.headers["Permissions-Policy"] = (
        "geolocation=(self), camera=(), microphone=(), payment=(), usb=()"
    )
    return answer


def check(activity_id: int) -> common.Answer:
    """Arrive or leave. Leaving with everything answered is being done."""
    record = _to_change(activity_id)
    try:
        made = visits.check(record, request.form.get("way", ""), request.form)
        if request.form.get("done") and record.state == "open":
            host().records.transition(record, "done", {"done_at": made.at})
    except NotFound:
        raise
    except Refused as refused:
        return _refused(record, refused)
    said = gettext("You are there.") if made.way == "in" else gettext("You have left.")
    if made.without is not None:
        said = gettext("%(what)s Kept without a position.", what=said)
    return _kept(activity_id, said)


def answer(activity_id: int) -> common.Answer:
    """Keep what was answered."""
    record = _to_change(activity_id)
    given = {
        question_id: text
        for name, text in request.form.items()
        if name.startswith(MARK) and (question_id := number(name.removeprefix(MARK)))
    }
    try:
        visits.answer(record, given)
        result = request.form.get("result")
        if result is not None and result.strip() != (record.result or ""):
            host().records.update(record, {"result": result.strip() or None})
    except Refused as refused:
        return _refused(record, refused)
    return _kept(activity_id, gettext("Saved."))


def remember(activity_id: int) -> common.Answer:
    """Take the position of the arrival for that of the customer."""
    record = _to_change(activity_id)
    arrived = [each for each in visits.checks(record.id) if each.latitude is not None]
    if arrived:
        visits.remember(record, arrived[-1])
    return _kept(activity_id, gettext("Saved."))


def _to_change(activity_id: int) -> Activity:
    require("activities.Activity.update")
    check_company()
    return host().records.get(Activity, activity_id, "update")


def _kept(activity_id: int, said: str) -> common.Answer:
    host().session.commit()
    if request.headers.get("X-Queue"):
        return jsonify(message=said), 200
    flash(said, "success")
    return redirect(url_for("activities.visit", activity_id=activity_id), 303)


def _refused(record: Activity, refused: Refused) -> common.Answer:
    host().session.rollback()
    if request.headers.get("X-Queue"):
        return jsonify(message=refused.words), refused.status
    found = host().records.get(Activity, record.id)
    return _page(found, refused.words), refused.status


def _page(record: Activity, error: str = "") -> str:
    if not visits.is_visit(record.kind_id):
        raise NotFound("")
    path = host().record_url(display.ACTIVITY, record.id)
    checks = visits.checks(record.id)
    return render_template(
        "activities/visit.html",
        record=record,
        path=path,
        about_href=host().record_url(record.about_model, record.about_id)
        if record.about_model is not None and record.about_id is not None
        else "",
        checks=checks,
        arrived=any(each.way == "in" for each in checks),
        left=any(each.way == "out" for each in checks),
        place=visits.place_of(record),
        has_position=any(each.latitude is not None for each in checks),
        questions=visits.questions(record.kind_id),
        answers=visits.answers(record.id),
        given=request.form,
        options_of=visits.options_of,
        shows_result=host().records.may_read(Activity, "result"),
        may_change=host().records.may(record, "update"),
        error=error,
        display=display,
        key=token_hex(12),
        me=current_actor().user_id,
    )
