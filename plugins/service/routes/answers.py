"""The questions of a return visit, as one has them before oneself on the telephone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from plugin_api import host
from plugin_api.context import gettext, has_permission
from plugin_api.errors import NotFound, Refused
from plugin_api.pages import check_company, require
from plugins.crm.api import Contact
from plugins.service import display
from plugins.service.access import READ_ANSWER, READ_VISIT, UPDATE_VISIT
from plugins.service.models import Answer as Said
from plugins.service.models import Visit
from plugins.service.services import answering, surveys

Answer = str | Response | tuple[str | Response, int]


def show(visit_id: int) -> Answer:
    """The page."""
    require(READ_VISIT)
    return _page(host().records.get(Visit, visit_id))


def keep(visit_id: int) -> Answer:
    """Keep what was answered; with ``done`` it is finished."""
    require(UPDATE_VISIT)
    check_company()
    visit = host().records.get(Visit, visit_id, "update")
    given = {
        int(name.removeprefix(answering.MARK)): text
        for name, text in request.form.items()
        if name.startswith(answering.MARK) and name[1:].isdecimal() and len(name) < 20
    }
    try:
        answering.keep(visit, given)
        values = {
            name: request.form[name].strip() or None
            for name in ("comment", "themes")
            if name in request.form
        }
        if request.form.get("done"):
            host().records.transition(visit, "finish", values)
        else:
            host().records.update(visit, values)
    except NotFound:
        raise
    except Refused as refused:
        host().session.rollback()
        found = host().records.get(Visit, visit_id)
        return _page(found, refused.errors, str(refused.message)), refused.status
    host().session.commit()
    flash(gettext("Saved."), "success")
    if request.form.get("done"):
        return redirect(host().record_url(display.VISIT, visit_id), 303)
    return redirect(url_for("service.answers", visit_id=visit_id), 303)


def _page(
    visit: Visit, errors: Mapping[str, Sequence[object]] | None = None, error: str = ""
) -> str:
    sees = _sees_answers()
    held = {each.question_id: each for each in answering.answers(visit.id)} if sees else {}
    questions = surveys.questions_of(visit.questionnaire_id)
    contact = visit.contact_id and host().session.get(Contact, (visit.company_id, visit.contact_id))
    may_read = host().records.may_read
    return render_template(
        "service/answers.html",
        visit=visit,
        questions=questions,
        options_of=surveys.options_of,
        held={
            question.id: _held(held[question.id].value, held[question.id].words)
            for question in questions
            if question.id in held
        },
        given=request.form,
        errors=errors or {},
        error=error,
        path=host().record_url(display.VISIT, visit.id),
        contact=contact
        if contact and may_read(Contact, "name") and host().records.may(contact, "read")
        else None,
        phone=contact.mobile or contact.phone
        if contact and may_read(Contact, "phone") and may_read(Contact, "mobile")
        else "",
        opening=surveys.opening_of(visit.questionnaire_id),
        may_change=host().records.may(visit, "update") and visit.state in ("planned", "unreached"),
        themes=host().records.may_read(Visit, "themes"),
        comment=host().records.may_read(Visit, "comment"),
    )


def _sees_answers() -> bool:
    may_read = host().records.may_read
    whole = may_read(Said, "value") and may_read(Said, "words")
    return whole and has_permission(READ_ANSWER)


def _held(value: int | None, words: str | None) -> str:
    return words or "" if value is None else str(value)
