"""What is completed, refused and followed up when records of training are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from plugin_api.models import CompanyModel
from plugins.training.models import Course, Enrolment, Question, Rating, Skill
from plugins.training.services import enrolling, kept, learning, questions, skills


def before_create_many(records: Sequence[CompanyModel]) -> None:
    """Read what completing many needs."""
    some = [each for each in records if isinstance(each, Enrolment)]
    if some:
        enrolling.read_open(some)


def before_create(record: CompanyModel) -> None:
    """Complete or refuse a new record."""
    if isinstance(record, Enrolment):
        enrolling.complete(record)
    elif isinstance(record, Rating):
        skills.complete(record)
    else:
        _check(record)


def before_update(record: CompanyModel, changes: Mapping[str, tuple[Any, Any]]) -> None:
    """Complete or refuse a change."""
    if isinstance(record, Enrolment):
        enrolling.check(record, list(changes))
    elif isinstance(record, Rating):
        skills.refuse_change(record, changes)
    else:
        _check(record)


def _check(record: CompanyModel) -> None:
    if isinstance(record, Course):
        enrolling.check_course(record)
        kept.forget()
    elif isinstance(record, Question):
        questions.check(record)
    elif isinstance(record, Skill):
        kept.forget()


def after_create_many(records: Sequence[CompanyModel]) -> None:
    """Follow up on new records."""
    some = [each for each in records if isinstance(each, Rating)]
    if some:
        skills.settle(some)
    enrolling.tell([each for each in records if isinstance(each, Enrolment)])


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
