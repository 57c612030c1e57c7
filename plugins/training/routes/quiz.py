"""Taking a test, looking at how it went, and at how its questions do."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from werkzeug.wrappers import Response

from plugin_api import host
from plugin_api.context import current_actor, gettext
from plugin_api.errors import Rejected
from plugin_api.pages import check_company, number, require
from plugins.training import display
from plugins.training.access import TEACH
from plugins.training.models import Attempt, Enrolment, Quiz
from plugins.training.models.enrolments import OPEN
from plugins.training.routes.common import go_back, go_on
from plugins.training.rules.items import ENOUGH
from plugins.training.services import looking, taking, testing


def begin(record_id: int) -> Response:
    """Draw the questions of an attempt, or go on with the one that is open."""
    enrolment = host().records.get(Enrolment, record_id)
    check_company()
    purpose = "pre" if request.form.get("purpose") == "pre" else "test"
    try:
        attempt_id = taking.begin(enrolment, purpose).id
    except Rejected as refused:
        return go_back(refused, url_for("training.learn", record_id=record_id))
    return go_on(url_for("training.attempt", record_id=attempt_id))


def show(record_id: int) -> str:
    """The questions while it is open, what came of it afterwards."""
    attempt = host().records.get(Attempt, record_id)
    enrolment = host().session.get_one(Enrolment, (attempt.company_id, attempt.enrolment_id))
    quiz = host().session.get_one(Quiz, (attempt.company_id, attempt.quiz_id))
    mine = attempt.user_id == current_actor().user_id
    shown = testing.shown(attempt, enrolment)
    left = testing.tries(enrolment, quiz).left if enrolment.state in OPEN else 0
    return render_template(
        "training/attempt.html",
        attempt=attempt, enrolment=enrolment, quiz=quiz, questions=shown, mine=mine, left=left,
        person="" if mine else host().title_of("core.User", attempt.user_id),
        display=display, seconds=testing.seconds_left(attempt),
        is_over=testing.is_over(attempt),
    )  # fmt: skip


def hand_in(record_id: int) -> Response:
    """Have it marked."""
    attempt = host().records.get(Attempt, record_id)
    check_company()
    href = url_for("training.attempt", record_id=record_id)
    try:
        taking.hand_in(attempt, _answers())
    except Rejected as refused:
        return go_back(refused, href)
    return go_on(href, "" if attempt.late else gettext("Handed in."))


def _answers() -> dict[int, Any]:
    found: dict[int, Any] = {}
    for name in request.form:
        start, _dash, text = name.partition("-")
        if start == "q" and (place := number(text)) is not None:
            values = request.form.getlist(name)
            found[place] = values if len(values) > 1 else values[0]
    return found


def items(record_id: int) -> str:
    """How hard each question is, and whether it tells who knows more."""
    quiz = host().records.get(Quiz, record_id)
    require(TEACH)
    return render_template(
        "training/items.html", quiz=quiz, rows=looking.questions(quiz.id), display=display,
        enough=ENOUGH, url=host().record_url,
    )  # fmt: skip
