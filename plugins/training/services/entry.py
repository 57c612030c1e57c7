"""What is completed, refused and followed up when records of training are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from plugin_api.models import CompanyModel
from plugins.training.models import (
    Attendance,
    Career,
    Coaching,
    Course,
    Criterion,
    Enrolment,
    Question,
    Rating,
    Reaction,
    Rule,
    Session,
    Skill,
)
from plugins.training.services import (
    applying,
    careers,
    coaching,
    criteria,
    enrolling,
    kept,
    learning,
    observing,
    questions,
    sessions,
    skills,
)


def before_create_many(records: Sequence[CompanyModel]) -> None:
    """Read what completing many needs."""
    enrolments = [each for each in records if isinstance(each, Enrolment)]
    seats = [each for each in records if isinstance(each, Attendance)]
    if enrolments:
        enrolling.read_open(enrolments)
    if seats:
        sessions.read_seats(seats)


def before_create(record: CompanyModel) -> None:
    """Complete or refuse a new record."""
    match record:
        case Enrolment():
            enrolling.complete(record)
        case Rating():
            skills.complete(record)
        case Attendance():
            sessions.complete(record)
        case Reaction():
            observing.complete_reaction(record)
        case Coaching():
            coaching.complete(record)
        case Career():
            careers.complete(record)
        case _:
            _check(record)


def before_update(record: CompanyModel, changes: Mapping[str, tuple[Any, Any]]) -> None:
    """Complete or refuse a change."""
    match record:
        case Enrolment():
            enrolling.check(record, list(changes))
        case Rating():
            skills.refuse_change(record, changes)
        case Reaction():
            observing.complete_reaction(record)
        case Coaching():
            coaching.check_change(record, changes)
        case Career():
            careers.check(record)
        case _:
            _check(record)


def _check(record: CompanyModel) -> None:
    match record:
        case Course():
            enrolling.check_course(record)
            kept.forget()
        case Question():
            questions.check(record)
        case Skill():
            kept.forget()
        case Session():
            sessions.check(record)
        case Rule():
            applying.check(record)
        case Criterion():
            criteria.check(record)


def after_create_many(records: Sequence[CompanyModel]) -> None:
    """Follow up on new records."""
    ratings = [each for each in records if isinstance(each, Rating)]
    if ratings:
        skills.settle(ratings)
    enrolling.tell([each for each in records if isinstance(each, Enrolment)])
    sessions.tell([each for each in records if isinstance(each, Attendance)])
    for each in records:
        if isinstance(each, Career):
            careers.begun(each)


def after_update(record: CompanyModel) -> None:
    """Follow up on a change."""
    if isinstance(record, Rating):
        skills.settle([record])


def before_delete(record: CompanyModel) -> None:
    """Follow up on what is deleted."""
    if isinstance(record, Rating):
        skills.settle([record], gone=True)
    elif isinstance(record, Course | Skill):
        kept.forget()


def after_transition(record: CompanyModel, new: str) -> None:
    """Follow up on a move."""
    if isinstance(record, Enrolment) and new == "completed":
        learning.completed(record)
    elif isinstance(record, Attendance) and new == "attended":
        sessions.attended(record)
