"""Versions of questionnaires: a published one stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext
from plugin_api.errors import Rejected
from plugins.service.models import Answer, Question, Questionnaire, Visit, VisitPlan
from plugins.service.models.surveys import SCALES
from plugins.service.services.kept import forget

COPIED = ("name", "position", "answer", "options", "required", "bad_at")


def begin(record: Questionnaire) -> None:
    """A questionnaire that is no other's next version begins a series."""
    if record.series is None:
        [record.series] = host().numbers("service.questionnaire")


def check_question(record: Question) -> None:
    """Questions belong to a draft, and have what their answers need. Raises Rejected."""
    asked = sa.select(Questionnaire.state).where(Questionnaire.id == record.questionnaire_id)
    with host().session.no_autoflush:
        state = host().session.scalar(asked)
    if state != "draft":
        raise Rejected(
            "questionnaire",
            gettext("A published version stays as it is. Make another version of it."),
        )
    if record.answer == "choice" and len(options_of(record)) < 2:
        raise Rejected("options", gettext("Give at least two, one a line."))
    if record.bad_at is not None:
        low, high = SCALES.get(record.answer, (0, -1))
        if not low <= record.bad_at < high:
            raise Rejected("bad_at", gettext("The answers of this question do not go so far."))


def options_of(question: Question) -> list[str]:
    """What may be chosen."""
    lines = (line.strip() for line in (question.options or "").splitlines())
    return list(dict.fromkeys(line for line in lines if line))


def questions_of(questionnaire_id: int) -> list[Question]:
    """Its questions in their order. One statement."""
    asked = sa.select(Question).where(Question.questionnaire_id == questionnaire_id)
    return list(host().session.scalars(asked.order_by(Question.position, Question.id)))


def opening_of(questionnaire_id: int) -> str:
    """What is said first."""
    asked = sa.select(Questionnaire.opening).where(Questionnaire.id == questionnaire_id)
    return host().session.scalar(asked) or ""


def check_publish(record: Questionnaire, values: Mapping[str, Any]) -> None:
    """There is something to ask. Raises Rejected."""
    if not questions_of(record.id):
        raise Rejected("", gettext("There is no question in it yet."))


def publish(record: Questionnaire, values: dict[str, Any]) -> None:
    """From here on it stays as it is. The version before retires, and plans and visits that are
    not begun go on with this one."""
    session = host().session
    before = sa.select(Questionnaire).where(
        Questionnaire.series == record.series, Questionnaire.state == "published"
    )
    forget()
    for old in session.scalars(before).all():
        old.state = "retired"
        plans = sa.select(VisitPlan).where(VisitPlan.questionnaire_id == old.id)
        for plan in session.scalars(plans):
            plan.questionnaire_id = record.id
        begun = sa.select(Answer.id).where(Answer.visit_id == Visit.id)
        waiting = sa.select(Visit).where(
            Visit.questionnaire_id == old.id, Visit.state == "planned", ~begun.exists()
        )
        for visit in session.scalars(waiting):
            visit.questionnaire_id = record.id


def new_version(record: Questionnaire, values: dict[str, Any]) -> Mapping[str, Any]:
    """A draft with the same questions."""
    newest = sa.select(sa.func.max(Questionnaire.revision)).where(
        Questionnaire.series == record.series
    )
    number = (host().session.scalar(newest) or 0) + 1
    made = Questionnaire(
        name=record.name, opening=record.opening, series=record.series, revision=number,
        state="draft",
    )  # fmt: skip
    host().session.add(made)
    host().session.flush()
    for question in questions_of(record.id):
        copied = {name: getattr(question, name) for name in COPIED}
        host().session.add(Question(questionnaire_id=made.id, **copied))
    host().session.flush()
    return {"open": made}
