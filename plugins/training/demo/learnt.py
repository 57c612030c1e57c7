"""Who has taken which course of a demo company, and how it went."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

from plugin_api import host
from plugin_api.context import clock_at, now, today
from plugins.training.demo import words
from plugins.training.models import Course, Enrolment, Quiz
from plugins.training.rules import scoring
from plugins.training.services import learning, taking, testing


def load(courses: list[Course], people: list[int], here: int, chance: random.Random) -> None:
    """Every second has completed the first courses some months ago; others have begun or have it
    before them."""
    for place, course in enumerate(courses):
        for number, user_id in enumerate(people):
            turn = (number + place) % 4
            if turn < 2:
                # The first course is taken by all of them at once, so that its results compare.
                ago = chance.randint(90, 500) - 60 * place if place else chance.randint(200, 230)
                _take(course, user_id, ago, here, chance)
            elif turn == 2 and place < 3:
                due = today() + timedelta(days=chance.randint(-6, 30))
                with clock_at(now() - timedelta(days=20)):
                    _enrol(course, user_id, {"due_on": due, "reason": words.WHY[here]})


def _enrol(course: Course, user_id: int, values: dict[str, Any]) -> Enrolment:
    return host().records.create(Enrolment, {"course_id": course.id, "user_id": user_id, **values})


def _take(course: Course, user_id: int, ago: int, here: int, chance: random.Random) -> None:
    begun = now() - timedelta(days=max(ago, 70))
    with clock_at(begun):
        ours = _enrol(course, user_id, {"reason": words.WHY[here]})
    with host().acting_for(user_id):
        quiz = course.quiz_id and host().session.get(Quiz, (course.company_id, course.quiz_id))
        if quiz and course.pretest:
            with clock_at(begun + timedelta(days=1)):
                _test(ours, "pre", chance.uniform(0.2, 0.6), chance)
        with clock_at(begun + timedelta(days=3)):
            for part in learning.standing(ours).parts:
                if part.lesson.kind != "exercise":
                    learning.do(ours, part.lesson, range(len(part.points)))
        if quiz:
            for days, skilled in ((5, 0.75), (8, 1.0)):
                so_far = learning.standing(ours).tries
                if ours.state == "started" and so_far.left and not so_far.passed:
                    with clock_at(begun + timedelta(days=days)):
                        _test(ours, "test", skilled, chance)


def _test(ours: Enrolment, purpose: str, skilled: float, chance: random.Random) -> None:
    attempt = taking.begin(ours, purpose)
    answers: dict[int, Any] = {}
    for item in testing.items(attempt.id):
        right = item.question["correct"]
        choices = item.question["kind"] in scoring.CHOICES
        knows = chance.random() < skilled
        answers[item.position] = (
            ([str(each) for each in right] if choices else right[0])
            if knows
            else [str(chance.randrange(3))]
            if choices
            else "1"
        )
    taking.hand_in(attempt, answers)
