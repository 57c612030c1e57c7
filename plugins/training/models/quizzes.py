"""Quizzes with their bank of questions, attempts at them, and what was answered.

What is right stands in fields that need a permission of their own and, once it is drawn, in rows
of a model without pages or REST: no learner's path leads there before the attempt is handed in.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import (
    Choice,
    CompanyModel,
    as_it_is,
    boolean,
    choice,
    date,
    instant,
    integer,
    json,
    longtext,
    percent,
    reference,
    text,
)
from plugins.training.access import ANSWERS

REVEAL = (
    Choice(value="end", label=_("Once nothing more can be tried")),
    Choice(value="each", label=_("After each attempt")),
    Choice(value="never", label=_("Never")),
)
QUESTIONS = (
    Choice(value="single", label=_("One choice")),
    Choice(value="multiple", label=_("Several choices")),
    Choice(value="number", label=lazy_pgettext("question", "Number")),
    Choice(value="text", label=_("Short text")),
)
PURPOSES = (
    Choice(value="pre", label=_("Before the course")),
    Choice(value="test", label=lazy_pgettext("quiz", "Test"), tone="info"),
)


class Quiz(CompanyModel):
    """A test: its questions, how many of them are drawn, and what passes it."""

    __tablename__ = "training_quiz"
    __collection__ = "quizzes"
    __label__ = _("Quiz")
    __label_plural__ = _("Quizzes")

    name: Mapped[str] = text(lazy_pgettext("thing", "Name"), unique=True)
    intro: Mapped[str | None] = longtext(_("What stands above it"))
    pass_mark: Mapped[Decimal] = percent(
        _("Pass mark"), default=Decimal(80), minimum=1, maximum=100
    )
    draw: Mapped[int | None] = integer(
        _("Questions drawn"), minimum=1, maximum=200,
        help=_("At random for each attempt. Empty: all of them."),
    )  # fmt: skip
    attempts: Mapped[int | None] = integer(
        lazy_pgettext("quiz", "Attempts"),
        minimum=1,
        maximum=100,
        default=3,
        help=_("Empty: as many as one likes."),
    )
    minutes: Mapped[int | None] = integer(
        _("Minutes"), minimum=1, maximum=600,
        help=_("For each attempt. What is handed in later does not count. Empty: no limit."),
    )  # fmt: skip
    reveal: Mapped[str] = choice(
        _("Right answers are shown"), REVEAL, default="end",
        help=_("To who took it, and never before the attempt is handed in."),
    )  # fmt: skip


class Question(CompanyModel):
    """A question of a quiz's bank."""

    __tablename__ = "training_question"
    __collection__ = "questions"
    __label__ = lazy_pgettext("quiz", "Question")
    __label_plural__ = lazy_pgettext("quiz", "Questions")
    __find_by__ = ()
    __parent__ = "quiz_id"

    quiz_id: Mapped[int] = reference("training.Quiz", _("Quiz"), on_delete="cascade")
    name: Mapped[str] = text(lazy_pgettext("quiz", "Question"), length=1000)
    kind: Mapped[str] = choice(lazy_pgettext("quiz", "Answered by"), QUESTIONS, default="single")
    options: Mapped[str | None] = longtext(_("Choices"), help=_("One a line."))
    correct: Mapped[str] = text(
        _("Right answer"), length=500, read=ANSWERS, write=ANSWERS,
        help=_("Numbers of the choices, such as 1,3; a number, such as 3.5 ± 0.1; texts that count,"
               " with | between."),
    )  # fmt: skip
    explanation: Mapped[str | None] = longtext(_("Why"), read=ANSWERS, write=ANSWERS)
    points: Mapped[int] = integer(
        lazy_pgettext("quiz", "Points"), default=1, minimum=1, maximum=100
    )
    active: Mapped[bool] = boolean(
        lazy_pgettext("training", "In use"), default=True, help=_("Only such are drawn.")
    )


class Attempt(CompanyModel):
    """Somebody's go at a quiz. What was drawn stays as it was; the score is there once it is
    handed in."""

    __tablename__ = "training_attempt"
    __collection__ = "attempts"
    __label__ = _("Attempt")
    __label_plural__ = lazy_pgettext("quiz", "Attempts")
    __find_by__ = ()
    __owner__ = "user_id"
    __personal__ = True
    __actions__ = ("read", "export")
    __table_args__ = (
        sa.UniqueConstraint("company_id", "enrolment_id", "purpose", "number"),
        sa.Index(None, "company_id", "quiz_id", "purpose"),
    )

    name: Mapped[str] = text(_("Quiz"), readonly=True)
    user_id: Mapped[int] = reference("core.User", _("Person"), readonly=True)
    enrolment_id: Mapped[int] = reference(
        "training.Enrolment", _("Enrolment"), on_delete="cascade", readonly=True
    )
    quiz_id: Mapped[int] = reference("training.Quiz", _("Quiz"), readonly=True)
    purpose: Mapped[str] = choice(
        lazy_pgettext("quiz", "Taken"), PURPOSES, default="test", readonly=True
    )
    number: Mapped[int] = integer(lazy_pgettext("quiz", "Number"), readonly=True)
    started_at: Mapped[dt.datetime | None] = instant(_("Begun at"), readonly=True)
    ends_at: Mapped[dt.datetime | None] = instant(
        _("Hand in by"), readonly=True, help=_("Where the quiz has a limit.")
    )
    late: Mapped[bool] = boolean(_("Too late"), default=False, readonly=True)
    handed_in_at: Mapped[dt.datetime | None] = instant(_("Handed in at"), readonly=True)
    on: Mapped[dt.date | None] = date(_("Handed in on"), readonly=True)
    score: Mapped[Decimal | None] = percent(lazy_pgettext("quiz", "Score"), readonly=True)
    mark: Mapped[Decimal] = percent(_("Pass mark"), readonly=True)
    passed: Mapped[bool] = boolean(_("Passed"), default=False, readonly=True)


class Item(CompanyModel):
    """A question as it was drawn for an attempt, and what was answered.

    ``question``: ``{"text", "kind", "options": [...], "correct", "points", "why"}`` with the
    options as shown and ``correct`` told by their places; ``given``: the places that were chosen,
    or the text in a list of its own; empty without an answer.
    ``got`` is of ``points`` what the answer brought.
    """

    __tablename__ = "training_item"
    __title__ = "id"
    __find_by__ = ()
    __search__ = ()
    __table_args__ = (
        sa.UniqueConstraint("company_id", "attempt_id", "position"),
        sa.Index(None, "company_id", "source_id", "attempt_id"),
    )

    attempt_id: Mapped[int] = reference("training.Attempt", _("Attempt"), on_delete="cascade")
    source_id: Mapped[int | None] = reference(
        "training.Question", lazy_pgettext("quiz", "Question"), on_delete="cascade"
    )
    position: Mapped[int] = integer(_("Position"))
    question: Mapped[dict[str, Any]] = json(_("As drawn"), default=dict, renumber=as_it_is)
    given: Mapped[list[Any]] = json(
        lazy_pgettext("quiz", "Answer"), default=list, renumber=as_it_is
    )
    points: Mapped[int] = integer(lazy_pgettext("quiz", "Points"))
    got: Mapped[int | None] = integer(lazy_pgettext("quiz", "Got"))
