"""Short words for tests of training."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from core.identity import service
from core.identity.models import Role, User
from plugin_api.context import acting_as, current_company
from plugin_api.host import host
from plugins.training.models import Attempt, Course, Enrolment, Item, Lesson, Question, Quiz, Skill
from plugins.training.services import learning, taking


def user(name: str) -> int:
    """The id of a person."""
    return int(host().session.scalars(sa.select(User.id).where(User.name == name.title())).one())


def role(code: str) -> int:
    """The id of a role."""
    return int(host().session.scalars(sa.select(Role.id).where(Role.code == code)).one())


@contextmanager
def acting(name: str, slug: str = "acme") -> Iterator[None]:
    """Work as a person inside."""
    found = service.find_user(f"{name}@{slug}.example")
    with acting_as(current_company(), service.actor_for(found)):
        yield


def skill(name: str = "Discovery", **values: Any) -> Skill:
    return host().records.create(Skill, {"name": name, **values})


def quiz(questions: int = 3, **values: Any) -> Quiz:
    """A quiz whose right answer is always the second choice."""
    made = host().records.create(Quiz, {"name": "Basics", **values})
    for number in range(questions):
        host().records.create(
            Question,
            {"quiz_id": made.id, "name": f"Question {number}?", "options": "no\nyes\nperhaps",
             "correct": "2", "explanation": f"Because {number}"},
        )  # fmt: skip
    return made


def course(name: str = "Selling", lessons: int = 1, **values: Any) -> Course:
    made = host().records.create(Course, {"name": name, **values})
    for number in range(lessons):
        host().records.create(
            Lesson, {"course_id": made.id, "position": number, "name": f"Lesson {number}"}
        )
    return made


def enrol(name: str, course_id: int, **values: Any) -> Enrolment:
    return host().records.create(
        Enrolment, {"user_id": user(name), "course_id": course_id, **values}
    )


def do_all(enrolment: Enrolment) -> None:
    """Every lesson, by who is enrolled."""
    for part in learning.standing(enrolment).parts:
        learning.do(enrolment, part.lesson, [])


def answers(attempt: Attempt, right: int) -> dict[int, Any]:
    """Answers of which so many are right."""
    found: dict[int, Any] = {}
    for item in host().session.scalars(sa.select(Item).where(Item.attempt_id == attempt.id)):
        place = item.question["correct"][0]
        found[item.position] = str(place if item.position < right else (place + 1) % 3)
    return found


def take(enrolment: Enrolment, right: int, purpose: str = "test") -> Attempt:
    """A test from beginning to end."""
    attempt = taking.begin(enrolment, purpose)
    taking.hand_in(attempt, answers(attempt, right))
    return attempt
