"""A course as somebody takes it."""

from __future__ import annotations

import sqlalchemy as sa
from flask import render_template, request, url_for
from werkzeug.wrappers import Response

from plugin_api import host, pages
from plugin_api.context import current_actor, gettext, has_permission, now, today
from plugin_api.errors import Refused, Rejected
from plugin_api.models import CompanyModel
from plugin_api.pages import check_company, nothing
from plugins.training import display
from plugins.training.models import Attendance, Enrolment, Lesson, Reaction
from plugins.training.models.enrolments import OPEN
from plugins.training.routes.common import go_back, go_on, number
from plugins.training.services import learning, sessions


def show(record_id: int) -> str:
    """Its lessons with one of them open, the test, and what is still missing."""
    enrolment = host().records.get(Enrolment, record_id)
    at = learning.standing(enrolment)
    mine = enrolment.user_id == current_actor().user_id
    chosen = _chosen(at)
    coming = sessions.ahead(enrolment.course_id, enrolment.user_id, now())
    return render_template(
        "training/learn.html",
        enrolment=enrolment, at=at, chosen=chosen, mine=mine, is_open=enrolment.state in OPEN,
        files=learning.files_of(chosen.lesson) if chosen and chosen.lesson.kind == "file" else [],
        missing=learning.missing(enrolment, at) if enrolment.state in OPEN else [],
        locked=at.needs_pretest and mine and enrolment.state in OPEN,
        person="" if mine else host().title_of("core.User", enrolment.user_id),
        sessions=coming if enrolment.state in OPEN else [],
        may_react=mine and _may_react(enrolment),
        may_seat=mine and has_permission("training.Attendance.create"),
        display=display, today=today(), url=host().record_url,
    )  # fmt: skip


def _chosen(at: learning.Standing) -> learning.Part | None:
    """The lesson that is asked for, else the first that is not done."""
    wanted = number("lesson")
    named = next((part for part in at.parts if part.lesson.id == wanted), None)
    undone = next((part for part in at.parts if not part.done), None)
    return named or undone or (at.parts[0] if at.parts else None)


def do(record_id: int) -> Response:
    """Note a lesson as done."""
    enrolment = host().records.get(Enrolment, record_id)
    check_company()
    lesson = _lesson(enrolment)
    ticked = {place for each in request.form.getlist("tick")
              if (place := pages.number(each)) is not None}  # fmt: skip
    try:
        learning.do(enrolment, lesson, ticked)
    except Rejected as refused:
        here = url_for("training.learn", record_id=record_id, lesson=lesson.id)
        return go_back(refused, here)
    done = gettext("Completed. Well done!") if enrolment.state == "completed" else ""
    return go_on(url_for("training.learn", record_id=record_id), done)


def _lesson(enrolment: Enrolment) -> Lesson:
    found: CompanyModel | None = None
    wanted = number("lesson")
    if wanted is not None:
        found = host().session.get(Lesson, (enrolment.company_id, wanted))
    if not isinstance(found, Lesson) or found.course_id != enrolment.course_id:
        raise nothing()
    return found


def _may_react(enrolment: Enrolment) -> bool:
    """Whether who took the course may still say how it was."""
    if enrolment.state != "completed" or not has_permission("training.Reaction.create"):
        return False
    asked = sa.select(Reaction.id).where(Reaction.enrolment_id == enrolment.id)
    return host().session.scalar(asked) is None


def seat(record_id: int) -> Response:
    """Take a seat in a session of the course."""
    enrolment = host().records.get(Enrolment, record_id)
    check_company()
    href = url_for("training.learn", record_id=record_id)
    values = {"session_id": number("session"), "user_id": enrolment.user_id}
    try:
        host().records.create(Attendance, values)
    except Refused as refused:
        return go_back(refused, href)
    return go_on(href, gettext("You have a seat."))
